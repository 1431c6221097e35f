import { CircleCheck, CircleMinus, CircleX, TriangleAlert } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { FindingView, QualityPartView, ValidationStepView, ValidationView } from '@/ipc';
import { formatCount } from '../format';
import { alone, saidText } from '../said';
import './batches.css';

const OUTCOMES = {
  passed: CircleCheck,
  warning: TriangleAlert,
  failed: CircleX,
  not_applicable: CircleMinus,
} as const;

function isOutcome(word: string): word is keyof typeof OUTCOMES {
  return word in OUTCOMES;
}

function Finding({ finding }: { finding: FindingView }) {
  const i18n = useI18n();
  const { t } = i18n;
  const where = [
    finding.row === null ? '' : t('quality.row', { row: finding.row }),
    finding.rows > 1 ? t('quality.rows', { count: finding.rows }) : '',
    finding.rejects ? t('quality.rejects') : '',
  ].filter((part) => part !== '');
  return (
    <li>
      {alone(saidText(finding.said, i18n))}
      {where.length > 0 && <span className="muted">{` · ${where.join(' · ')}`}</span>}
    </li>
  );
}

function Step({ step, number }: { step: ValidationStepView; number: number }) {
  const { t, word, locale } = useI18n();
  const outcome = isOutcome(step.outcome) ? step.outcome : 'not_applicable';
  const Icon = OUTCOMES[outcome];
  return (
    <li className={`check-step check-${outcome}`} data-testid="check-step" data-outcome={step.outcome}>
      <Icon aria-hidden size={15} className="check-icon" />
      <div>
        <p className="check-head">
          <strong>{`${number}. ${word('step', step.step)}`}</strong>
          <span className="check-outcome">{word('outcome', step.outcome)}</span>
          <span className="muted num">
            {step.checked > 0 && t('quality.checked', { number: formatCount(step.checked, locale) })}
          </span>
        </p>
        {step.findings.length > 0 && (
          <ul className="check-findings">
            {step.findings.map((finding) => (
              <Finding key={`${finding.message}${finding.row}`} finding={finding} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function Part({ part }: { part: QualityPartView }) {
  const { word } = useI18n();
  return (
    <div className="quality-part">
      <dt>{word('quality', part.name)}</dt>
      <dd>
        <span className="quality-bar" aria-hidden>
          <span style={{ width: `${part.of === 0 ? 0 : Math.round((part.points * 100) / part.of)}%` }} />
        </span>
        <span className="num quality-points">{`${part.points} / ${part.of}`}</span>
      </dd>
    </div>
  );
}

/** Six steps with what each found, and the data-quality score with its parts. */
export function ValidationReport({ report }: { report: ValidationView }) {
  const { t } = useI18n();
  return (
    <div className="validation" data-testid="validation">
      <ol className="check-steps">
        {report.steps.map((step, index) => (
          <Step key={step.step} step={step} number={index + 1} />
        ))}
      </ol>
      <section className="quality" aria-label={t('quality.score')}>
        <p className="quality-score">
          <span>{t('quality.score')}</span>
          <strong className="num" data-testid="quality-score">
            {report.score}
          </strong>
          <span className="muted">{t('quality.of')}</span>
        </p>
        <dl>
          {report.parts.map((part) => (
            <Part key={part.name} part={part} />
          ))}
        </dl>
      </section>
    </div>
  );
}
