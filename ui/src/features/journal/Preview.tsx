import type { JournalColumnForm, JournalPreviewView } from '@/ipc';
import { Notice } from '@/shared/Notice';
import { scrollable } from '@/shared/scrollable';

/** What is a number. */
const NUMBERS = ['amount', 'signed_amount', 'debit', 'credit', 'base_amount'];

interface PreviewProps {
  preview: JournalPreviewView;
  /** The columns of the layout, for the side on which they stand. */
  columns: readonly JournalColumnForm[];
}

/** The first rows of a file, cell by cell. */
export function Preview({ preview, columns }: PreviewProps) {
  const side = (at: number) => (NUMBERS.includes(columns[at]?.value ?? '') ? 'right num' : undefined);
  return (
    <>
      {preview.problem !== '' && (
        <Notice tone="problem" testId="journal-preview-problem">
          <span lang="en">{preview.problem}</span>
        </Notice>
      )}
      <div ref={scrollable} className="journal-preview">
        <table className="table" data-testid="journal-preview">
          <thead>
            <tr>
              {preview.headings.map((heading, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns may have the same heading
                <th key={at} className={side(at)}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identifier
              <tr key={line}>
                {row.map((cell, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells stand by their columns
                  <td key={at} className={side(at)}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
