import { Check, Copy, Trash2, X } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { PreviewAction, PreviewRow, SideView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { alone, saidText } from '@/shared/said';

const ICONS: Record<PreviewAction, typeof Check> = {
  add: Check,
  duplicate: Copy,
  deleted: Trash2,
  reject: X,
};

interface RowTableProps {
  rows: readonly PreviewRow[];
  side: SideView;
  label: string;
  /** Without what becomes of each row: for readings set side by side. */
  plain?: boolean;
}

interface Columns {
  second: boolean;
  balance: boolean;
  reference: boolean;
  plain: boolean;
}

function Row({ row, columns }: { row: PreviewRow; columns: Columns }) {
  const i18n = useI18n();
  const { word } = i18n;
  const Icon = ICONS[row.action];
  return (
    <tr
      className={columns.plain ? '' : `preview-${row.action}`}
      data-testid={columns.plain ? 'option-row' : 'preview-row'}
      data-action={row.action}
    >
      <td className="right num muted">{row.row}</td>
      {!columns.plain && (
        <td>
          <span className={`mark-text mark-${row.action}`}>
            <Icon aria-hidden size={13} />
            {word('action', row.action)}
          </span>
        </td>
      )}
      <td className="nowrap">
        <DateText iso={row.date} />
      </td>
      {columns.second && (
        <td className="nowrap col-second">
          <DateText iso={row.secondDate} />
        </td>
      )}
      <td className="cell-grow" title={row.description}>
        <span className="row-name">{row.counterparty || row.description}</span>
        {row.counterparty && row.description && <span className="row-text">{row.description}</span>}
        {row.because && (
          <span className="row-because" data-testid="row-because">
            {alone(saidText(row.because, i18n))}
          </span>
        )}
      </td>
      {columns.reference && <td className="cell-clip">{row.reference}</td>}
      <td className="right">
        <Amount amount={row.amount} dash currency={columns.plain} />
      </td>
      {columns.balance && (
        <td className="right muted col-second">
          <Amount amount={row.balance} />
        </td>
      )}
    </tr>
  );
}

/** Rows exactly as they will be stored, each with what becomes of it and why. */
export function RowTable({ rows, side, label, plain = false }: RowTableProps) {
  const { t } = useI18n();
  const statement = side === 'statement';
  const columns: Columns = {
    plain,
    second: !plain && rows.some((row) => row.secondDate !== null),
    balance: !plain && rows.some((row) => row.balance !== null),
    reference: !plain && rows.some((row) => row.reference !== ''),
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
    <section className="scroll-x" tabIndex={0} aria-label={label}>
      <table className="table" data-testid={plain ? 'option-rows' : 'preview-rows'}>
        <thead>
          <tr>
            <th scope="col" className="right">
              {t('import.row')}
            </th>
            {!plain && <th scope="col">{t('import.row.action')}</th>}
            <th scope="col">{t('field.date')}</th>
            {columns.second && (
              <th scope="col" className="col-second">
                {t(statement ? 'field.valueDate' : 'field.dueDate')}
              </th>
            )}
            <th scope="col">{t('import.row.what')}</th>
            {columns.reference && <th scope="col">{t(statement ? 'field.reference' : 'field.number')}</th>}
            <th scope="col" className="right">
              {t('field.amount')}
            </th>
            {columns.balance && (
              <th scope="col" className="right col-second">
                {t('field.balance')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.row}.${row.action}`} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
