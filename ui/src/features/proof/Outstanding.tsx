import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { Amount as AmountView, RecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { Empty, Panel } from '@/shared/Parts';

const ROWS_FIRST = 50;

interface OutstandingProps {
  title: string;
  records: RecordView[];
  count: number;
  total: AmountView;
  testId: string;
}

/** Records of one side that stand in no approved match. */
export function Outstanding({ title, records, count, total, testId }: OutstandingProps) {
  const { t } = useI18n();
  const [all, setAll] = useState(false);
  const shown = all ? records : records.slice(0, ROWS_FIRST);
  return (
    <Panel title={title} aside={<Amount amount={total} currency />} flush testId={testId}>
      {count === 0 ? (
        <Empty icon={CircleCheck} title={t('proof.outstanding.none')} />
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('field.date')}</th>
              <th scope="col">{t('field.counterparty')}</th>
              <th scope="col">{t('proof.outstanding.what')}</th>
              <th scope="col" className="right">
                {t('field.open')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((record) => (
              <tr key={record.id}>
                <td className="nowrap">
                  <DateText iso={record.date} />
                </td>
                <td className="cell-grow">{record.counterparty || '–'}</td>
                <td className="cell-grow" title={record.text}>
                  {[record.number || record.reference, record.text].filter((part) => part !== '').join(' · ')}
                </td>
                <td className="right">
                  <Amount amount={record.open} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length < count && (
        <p className="table-foot">
          {t('proof.outstanding.shown', { shown: shown.length, of: count })}{' '}
          {!all && records.length > ROWS_FIRST && (
            <Button size="small" variant="quiet" onClick={() => setAll(true)}>
              {t('proof.outstanding.all', { count: records.length })}
            </Button>
          )}
        </p>
      )}
    </Panel>
  );
}
