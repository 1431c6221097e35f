import { CircleCheck, CircleMinus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type I18n, useI18n } from '@/i18n';
import type { ImportPreview, ReadingProofView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { formatCount } from '@/shared/format';
import { Panel } from '@/shared/Parts';
import { StatementTable } from './StatementTable';

function Fact({ label, children, testId }: { label: string; children: ReactNode; testId?: string }) {
  return (
    <div className="fact" data-testid={testId}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The proof in one sentence. */
export function proofWords({ kind, proved, of }: ReadingProofView, { t, locale }: I18n): string {
  const figures = { proved: formatCount(proved, locale), of: formatCount(of, locale) };
  switch (kind) {
    case 'runningBalance':
      return t('proof.by.runningBalance', figures);
    case 'openingClosing':
      return t(proved === of ? 'proof.by.openingClosing' : 'proof.by.openingClosing.not', figures);
    case 'controlTotals':
      return t(proved === of ? 'proof.by.controlTotals' : 'proof.by.controlTotals.not', figures);
    case 'none':
      return t('proof.by.none');
  }
}

function Verdict({ proof }: { proof: ReadingProofView | null }) {
  const i18n = useI18n();
  const { t } = i18n;
  const tells = proof !== null && proof.kind !== 'none' && proof.of > 0;
  const holds = tells && proof.proved === proof.of;
  const [tone, Icon] = !tells
    ? (['none', CircleMinus] as const)
    : holds
      ? (['holds', CircleCheck] as const)
      : (['open', TriangleAlert] as const);
  const note = tells ? t(holds ? 'proof.by.holds' : 'proof.by.open') : '';
  return (
    <div className={`reading-proof reading-proof-${tone}`} data-testid="fact-proof" data-proof={tone}>
      <Icon aria-hidden size={22} />
      <p>
        <strong>{proof ? proofWords(proof, i18n) : t('proof.by.unread')}</strong>
        {note && <span>{note}</span>}
      </p>
    </div>
  );
}

/** How many rows are new, known, unreadable; what there is none of is not named. */
function splitWords(preview: ImportPreview, t: I18n['t']): string {
  const known = preview.rowsDuplicate + preview.rowsDeleted;
  return [
    t('import.fact.new', { count: preview.rowsToAdd }),
    ...(known > 0 ? [t('import.fact.known', { count: known })] : []),
    ...(preview.rowsRejected > 0 ? [t('import.fact.unreadable', { count: preview.rowsRejected })] : []),
  ].join(', ');
}

/** The first thing seen of a file: what proves that it was read right, and what it holds. */
export function ProofPanel({ preview }: { preview: ImportPreview }) {
  const { t, locale } = useI18n();
  return (
    <Panel testId="import-proof" flush>
      <div className="proof-head">
        <Verdict proof={preview.proof} />
        <dl className="facts">
          <Fact label={t('import.fact.rows')} testId="fact-rows">
            <span className="num">{formatCount(preview.rowsTotal, locale)}</span>
            <small>{splitWords(preview, t)}</small>
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
        </dl>
      </div>
      {preview.side === 'statement' && preview.statements.length > 0 && (
        <StatementTable statements={preview.statements} />
      )}
    </Panel>
  );
}
