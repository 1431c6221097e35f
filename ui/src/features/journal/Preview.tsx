import type { JournalPreviewView } from '@/ipc';
import { Notice } from '@/shared/Notice';

/** The first rows of a file, cell by cell. */
export function Preview({ preview }: { preview: JournalPreviewView }) {
  return (
    <>
      {preview.problem !== '' && (
        <Notice tone="problem" testId="journal-preview-problem">
          {preview.problem}
        </Notice>
      )}
      <div className="journal-preview">
        <table className="table" data-testid="journal-preview">
          <thead>
            <tr>
              {preview.headings.map((heading, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns may have the same heading
                <th key={at}>{heading}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identifier
              <tr key={line}>
                {row.map((cell, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells stand by their columns
                  <td key={at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
