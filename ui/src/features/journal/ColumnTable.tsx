import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { JournalLayoutForm } from '@/ipc';
import { Button } from '@/shared/Button';
import { WholeCell } from '@/shared/WholeField';
import { added, mayBeCut, moved, VALUES, withColumn, without } from './layouts';

interface ColumnTableProps {
  layout: JournalLayoutForm;
  onChange: (layout: JournalLayoutForm) => void;
}

/** The columns of a layout, in order. */
export function ColumnTable({ layout, onChange }: ColumnTableProps) {
  const { t, word } = useI18n();
  return (
    <section aria-label={t('journal.columns')}>
      <table className="table table-inset journal-columns" data-testid="journal-columns">
        <thead>
          <tr>
            <th>{t('journal.column.heading')}</th>
            <th>{t('journal.column.value')}</th>
            <th>{t('journal.column.text')}</th>
            <th>{t('journal.column.chars')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {layout.columns.map((column, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <tr key={at}>
              <td>
                <input
                  className="input"
                  value={column.heading}
                  aria-label={`${t('journal.column.heading')} ${at + 1}`}
                  onChange={(event) => onChange(withColumn(layout, at, { heading: event.target.value }))}
                />
              </td>
              <td>
                <select
                  className="input select"
                  value={column.value}
                  aria-label={`${t('journal.column.value')} ${at + 1}`}
                  onChange={(event) => onChange(withColumn(layout, at, { value: event.target.value }))}
                >
                  {VALUES.map((value) => (
                    <option key={value} value={value}>
                      {word('journalValue', value)}
                    </option>
                  ))}
                </select>
              </td>
              <td>
                <input
                  className="input"
                  value={column.text}
                  disabled={column.value !== 'constant'}
                  aria-label={`${t('journal.column.text')} ${at + 1}`}
                  onChange={(event) => onChange(withColumn(layout, at, { text: event.target.value }))}
                />
              </td>
              <td>
                <WholeCell
                  className="input journal-chars"
                  disabled={!mayBeCut(column.value)}
                  value={column.chars}
                  least={1}
                  most={9_999}
                  optional
                  label={`${t('journal.column.chars')} ${at + 1}`}
                  onChange={(chars) => onChange(withColumn(layout, at, { chars }))}
                />
              </td>
              <td className="right journal-actions">
                <Button
                  variant="quiet"
                  size="small"
                  icon={ArrowUp}
                  aria-label={t('journal.column.up', { n: at + 1 })}
                  disabled={at === 0}
                  onClick={() => onChange(moved(layout, at, -1))}
                />
                <Button
                  variant="quiet"
                  size="small"
                  icon={ArrowDown}
                  aria-label={t('journal.column.down', { n: at + 1 })}
                  disabled={at === layout.columns.length - 1}
                  onClick={() => onChange(moved(layout, at, 1))}
                />
                <Button
                  variant="quiet"
                  size="small"
                  icon={X}
                  aria-label={t('journal.column.remove', { n: at + 1 })}
                  onClick={() => onChange(without(layout, at))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="small" icon={Plus} onClick={() => onChange(added(layout))} testId="journal-column-add">
        {t('journal.column.add')}
      </Button>
    </section>
  );
}
