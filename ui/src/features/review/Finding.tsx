import { Wrench } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { CauseFindingView } from '@/ipc';
import { factSentence, fixSentence } from '@/shared/finding';

/** Why a record has no match, or why the two sides differ: the cause, how sure it is, what was seen, and what to do. */
export function Finding({ finding }: { finding: CauseFindingView }) {
  const i18n = useI18n();
  const { t, word } = i18n;
  return (
    <section className="finding" aria-label={t('finding.title')} data-testid="finding">
      <p className="finding-head">
        <strong data-testid="finding-cause">{word('cause', finding.cause)}</strong>
        <span className="muted num" data-testid="finding-confidence">
          {t('finding.confidence', { percent: finding.confidence })}
        </span>
      </p>
      <ul className="finding-seen" aria-label={t('finding.seen')}>
        {finding.evidence.map((fact) => (
          <li key={fact.kind}>{factSentence(fact, i18n)}</li>
        ))}
      </ul>
      {finding.fix.kind !== 'nothing' && (
        <p className="finding-fix" data-testid="finding-fix">
          <Wrench aria-hidden size={14} />
          <span>
            <span className="muted">{`${t('finding.fix')}: `}</span>
            {fixSentence(finding.fix, i18n)}
          </span>
        </p>
      )}
    </section>
  );
}
