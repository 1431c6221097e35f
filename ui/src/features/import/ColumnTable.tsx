import { useI18n } from '@/i18n';
import type { ColumnRoleView, ImportPreview, SideView } from '@/ipc';
import { columnName } from '@/shared/batches/columnName';
import { revise } from './acting';

const BOTH: readonly ColumnRoleView[] = [
  'ignore',
  'id',
  'date',
  'description',
  'amount',
  'debit',
  'credit',
  'direction',
  'currency',
  'reference',
  'counterparty',
  'counterpartyCode',
  'counterpartyAccount',
  'month',
  'site',
  'serviceType',
  'quantity',
  'rate',
];
const ONLY: Record<SideView, readonly ColumnRoleView[]> = {
  statement: ['account', 'valueDate', 'balance', 'bankCode', 'remittance'],
  ledger: ['number', 'dueDate', 'kind', 'status'],
};

function rolesFor(side: SideView, current: ColumnRoleView): ColumnRoleView[] {
  const roles = [...BOTH, ...ONLY[side]];
  return roles.includes(current) ? roles : [...roles, current];
}

/** The file's columns as they stand, each with what it is taken for. */
export function ColumnTable(props: { preview: ImportPreview; disabled: boolean; fileKey: string }) {
  const { preview, disabled, fileKey } = props;
  const i18n = useI18n();
  const { t, word } = i18n;
  const { columns, mapping } = preview;
  const depth = Math.max(0, ...columns.map((column) => column.samples.length));

  function assign(index: number, value: string): void {
    const role = rolesFor(preview.side, 'ignore').find((known) => known === value);
    if (role) {
      const roles = mapping.roles.map((before, position) => (position === index ? role : before));
      void revise(fileKey, { mapping: { ...mapping, roles } });
    }
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
    <section className="scroll-x" tabIndex={0} aria-label={t('import.columns')}>
      <table className="table columns">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.index} scope="col" className={column.role === 'ignore' ? 'column-ignored' : ''}>
                <span className="column-header" title={column.header}>
                  {column.header
                    ? columnName(column.header, i18n)
                    : t('import.column.unnamed', { number: column.index + 1 })}
                </span>
                <select
                  className="input select select-small"
                  aria-label={t('import.column.role', { column: column.header || String(column.index + 1) })}
                  value={column.role}
                  disabled={disabled}
                  data-testid={`column-role-${column.index}`}
                  onChange={(event) => assign(column.index, event.target.value)}
                >
                  {rolesFor(preview.side, column.role).map((role) => (
                    <option key={role} value={role}>
                      {word('role', role)}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: depth }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sample rows have no identity but their position
            <tr key={row}>
              {columns.map((column) => (
                <td key={column.index} className={column.role === 'ignore' ? 'column-ignored' : ''}>
                  {column.samples[row] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
