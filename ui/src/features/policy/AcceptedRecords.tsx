import { Undo2 } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { AcceptedRecordsView, AcceptedRecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { formatCount } from '@/shared/format';

interface AcceptedRecordsProps {
  accepted: AcceptedRecordsView;
  busy: boolean;
  onTakeBack: (record: AcceptedRecordView) => void;
}

/** Records without a match that the policy accepted; each can be put back into the queue, for good. */
export function AcceptedRecords({ accepted, busy, onTakeBack }: AcceptedRecordsProps) {
  const { t, word, locale } = useI18n();
  const { rows, total } = accepted;
  if (total === 0) {
    return <p className="panel-pad muted">{t('policy.accepted.none')}</p>;
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <section className="scroll-x" tabIndex={0} aria-label={t('policy.accepted')}>
        <table className="table" data-testid="policy-accepted">
          <thead>
            <tr>
              <th scope="col">{t('policy.accepted.date')}</th>
              <th scope="col">{t('policy.cause')}</th>
              <th scope="col">{t('policy.accepted.who')}</th>
              <th scope="col">{t('policy.accepted.text')}</th>
              <th scope="col" className="right">
                {t('policy.accepted.open')}
              </th>
              <th scope="col" className="right">
                {t('policy.accepted.days')}
              </th>
              <th scope="col" className="right">
                {t('policy.accepted.by')}
              </th>
              <th scope="col">
                <span className="sr-only">{t('policy.takeBack')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} data-testid="policy-accepted-row">
                <td className="nowrap">
                  <DateText iso={row.date} />
                </td>
                <td className="nowrap">{word('cause', row.cause)}</td>
                <td className="cell-clip">{row.title}</td>
                <td className="cell-grow muted">{row.subtitle}</td>
                <td className="right">
                  <Amount amount={row.impact} currency />
                </td>
                <td className="right num">{formatCount(row.daysOpen, locale)}</td>
                <td className="right nowrap">{t('policy.version', { version: row.version })}</td>
                <td className="right">
                  <Button
                    variant="quiet"
                    size="small"
                    icon={Undo2}
                    disabled={busy}
                    aria-label={t('policy.takeBackOf', { who: row.title })}
                    title={t('policy.takeBack.title')}
                    onClick={() => onTakeBack(row)}
                    testId="policy-take-back"
                  >
                    {t('policy.takeBack')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {total > rows.length && (
        <p className="table-foot">
          {t('policy.accepted.more', { n: formatCount(rows.length, locale), of: formatCount(total, locale) })}
        </p>
      )}
    </>
  );
}
