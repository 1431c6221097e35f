import { useQuery } from '@tanstack/react-query';
import { useI18n } from '@/i18n';
import { host } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { Panel } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';

const ROWS = 50;

/** Entries that came after a period was locked; they are outstanding from the next one on. */
export function Late({ periodId, count }: { periodId: string; count: number }) {
  const { t } = useI18n();
  const late = useQuery({
    queryKey: [...KEYS.periods, 'late', periodId],
    queryFn: () => host().call('late_entries', { periodId, offset: 0, limit: ROWS }),
    enabled: count > 0,
  });
  if (count === 0) {
    return null;
  }
  return (
    <Panel title={t('periods.late', { count })} flush testId="late-entries">
      <p className="prose panel-prose">{t('periods.late.text')}</p>
      <table className="table">
        <tbody>
          {late.data?.rows.map((record) => (
            <tr key={record.id}>
              <td className="nowrap">
                <DateText iso={record.date} />
              </td>
              <td className="cell-grow">{record.counterparty || '–'}</td>
              <td className="cell-grow">{record.number || record.reference || record.text}</td>
              <td className="right">
                <Amount amount={record.amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
