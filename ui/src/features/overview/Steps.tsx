import { Check, FileInput, FileText, ListChecks, type LucideIcon, Play, Scale } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { Counts } from '@/ipc';
import { Button } from '@/shared/Button';
import { goTo } from '@/shared/navigation';
import { type Step, type StepName, stepsOf } from './steps';

const ICONS: Record<StepName, LucideIcon> = {
  statement: FileInput,
  ledger: FileText,
  match: Play,
  review: ListChecks,
  report: Scale,
};

interface StepsProps {
  counts: Counts;
  onMatch: () => void;
  busy: boolean;
}

function StepRow({ step, number, counts, onMatch, busy }: StepsProps & { step: Step; number: number }) {
  const { t, word } = useI18n();
  const now = step.state === 'now';
  const act: Record<StepName, () => void> = {
    statement: () => goTo('import'),
    ledger: () => goTo('import'),
    match: onMatch,
    review: () => goTo('review'),
    report: () => goTo('proof'),
  };
  const figures: Record<StepName, string> = {
    statement: t('overview.step.statement.done', { count: counts.lines }),
    ledger: t('overview.step.ledger.done', { count: counts.entries }),
    match: t('overview.step.match.done', { count: counts.runs }),
    review: t('overview.step.review.done', { count: counts.approved }),
    report: '',
  };
  const text = step.state === 'done' ? figures[step.name] : word('overview.step.todo', step.name);
  return (
    <li className={`step step-${step.state}`} data-testid={`step-${step.name}`} data-state={step.state}>
      <span className="step-mark" aria-hidden>
        {step.state === 'done' ? <Check size={14} strokeWidth={2.5} /> : number}
      </span>
      <span className="step-text">
        <strong>{word('overview.step', step.name)}</strong>
        <span>
          <span className="sr-only">{word('overview.state', step.state)}</span>
          {text}
        </span>
      </span>
      {(now || (step.state === 'done' && step.name !== 'match')) && (
        <Button
          variant={now ? 'primary' : 'quiet'}
          size={now ? 'normal' : 'small'}
          icon={now ? ICONS[step.name] : undefined}
          disabled={step.name === 'match' && busy}
          keys={now && step.name === 'match' ? 'm' : undefined}
          needs={step.name === 'match' ? 'import' : undefined}
          onClick={act[step.name]}
          testId={step.name === 'match' ? 'run-match' : `step-${step.name}-go`}
        >
          {word(now ? 'overview.step.go' : 'overview.step.again', step.name)}
        </Button>
      )}
    </li>
  );
}

/** What to do next: five steps, the open one with its button. */
export function Steps(props: StepsProps) {
  return (
    <ol className="steps">
      {stepsOf(props.counts).map((step, index) => (
        <StepRow key={step.name} step={step} number={index + 1} {...props} />
      ))}
    </ol>
  );
}
