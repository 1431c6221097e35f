import { Check, Copy, X } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { ImportPreview, PreviewAction } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';

const ICONS: Record<PreviewAction, typeof Check> = { add: Check, duplicate: Copy, reject: X };

/** The first rows exactly as they will be stored. */
export function RowTable({ preview }: { preview: ImportPreview }) {
  const { t, word } = useI18n();
  const statement = preview.side === 'statement';
  const balance = preview.rows.some((row) => row.balance !== null);
  const second = preview.rows.some((row) => row.secondDate !== null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
    <section className="scroll-x" tabIndex={0} aria-label={t('import.rows')}>
      <table className="table" data-testid="preview-rows">
        <thead>
          <tr>
            <th scope="col" className="right">
              {t('import.row')}
            </th>
            <th scope="col">{t('import.row.action')}</th>
            <th scope="col">{t('field.date')}</th>
            {second && <th scope="col">{t(statement ? 'field.valueDate' : 'field.dueDate')}</th>}
            <th scope="col">{t('field.counterparty')}</th>
            <th scope="col">{t('field.text')}</th>
            <th scope="col">{t(statement ? 'field.reference' : 'field.number')}</th>
            <th scope="col" className="right">
              {t('field.amount')}
            </th>
            {balance && (
              <th scope="col" className="right">
                {t('field.balance')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => {
            const Icon = ICONS[row.action];
            return (
              <tr
                key={row.row}
                className={`preview-${row.action}`}
                data-testid="preview-row"
                data-action={row.action}
              >
                <td className="right num muted">{row.row}</td>
                <td>
                  <span className={`mark-text mark-${row.action}`}>
                    <Icon aria-hidden size={13} />
                    {word('action', row.action)}
                  </span>
                </td>
                <td className="nowrap">
                  <DateText iso={row.date} />
                </td>
                {second && (
                  <td className="nowrap">
                    <DateText iso={row.secondDate} />
                  </td>
                )}
                <td className="cell-grow">{row.counterparty}</td>
                <td className="cell-grow" title={row.description}>
                  {row.description}
                </td>
                <td className="cell-clip">{row.reference}</td>
                <td className="right">
                  <Amount amount={row.amount} dash />
                </td>
                {balance && (
                  <td className="right muted">
                    <Amount amount={row.balance} />
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
