import type { ReactNode } from 'react';
import { useI18n } from '@/i18n';
import type { ImportPreview } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { formatCount } from '@/shared/format';

function Fact({ label, children, testId }: { label: string; children: ReactNode; testId?: string }) {
  return (
    <div className="fact" data-testid={testId}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What was found out about the file, at a glance. */
export function Facts({ preview }: { preview: ImportPreview }) {
  const { t, locale } = useI18n();
  return (
    <dl className="facts">
      <Fact label={t('import.fact.rows')} testId="fact-rows">
        <span className="num">{formatCount(preview.rowsTotal, locale)}</span>
        <small>
          {t('import.fact.rows.split', {
            add: preview.rowsToAdd,
            duplicate: preview.rowsDuplicate,
            reject: preview.rowsRejected,
          })}
        </small>
      </Fact>
      <Fact label={t('import.fact.dates')}>
        <DateText iso={preview.firstDate} /> {'–'} <DateText iso={preview.lastDate} />
      </Fact>
      <Fact label={t('import.fact.sum')} testId="fact-sum">
        {preview.totals.length === 0 && '–'}
        {preview.totals.map((total) => (
          <Amount key={total.currency} amount={total} currency />
        ))}
      </Fact>
      {(preview.opening || preview.closing) && (
        <Fact label={t('import.fact.balances')}>
          <Amount amount={preview.opening} /> {'→'} <Amount amount={preview.closing} currency />
        </Fact>
      )}
      {preview.provedRows && (
        <Fact label={t('import.fact.proof')} testId="fact-proof">
          {t('import.fact.proved', { proved: preview.provedRows[0], of: preview.provedRows[1] })}
        </Fact>
      )}
    </dl>
  );
}
