import { Check, CircleHelp } from 'lucide-react';
import { useId } from 'react';
import { useI18n } from '@/i18n';
import type { QuestionView, ReadingOptionView, SideView } from '@/ipc';
import { Button } from '@/shared/Button';
import { useKeys } from '@/shared/keys';
import { Panel } from '@/shared/Parts';
import { alone, saidText } from '@/shared/said';
import { answer } from './acting';
import { RowTable } from './RowTable';

const KEYS = ['a', 'b', 'c', 'd'];

interface OptionProps {
  option: ReadingOptionView;
  combo: string | undefined;
  only: boolean;
  side: SideView;
  disabled: boolean;
  onChoose: () => void;
}

function Option({ option, combo, only, side, disabled, onChoose }: OptionProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const words = alone(saidText(option.words, i18n));
  const id = useId();
  return (
    <div className="option" data-testid="question-option">
      <header className="option-head">
        <p id={id}>{words}</p>
        <Button
          size="small"
          variant="primary"
          icon={Check}
          keys={combo}
          disabled={disabled}
          aria-describedby={id}
          onClick={onChoose}
          testId="question-choose"
        >
          {t(only ? 'question.confirm' : 'question.choose')}
        </Button>
      </header>
      <RowTable rows={option.rows} side={side} label={words} plain />
    </div>
  );
}

function Question(props: {
  question: QuestionView;
  side: SideView;
  disabled: boolean;
  fileKey: string;
  first: boolean;
}) {
  const { question, side, disabled, fileKey, first } = props;
  const i18n = useI18n();
  const { t, word } = i18n;
  const { options } = question;
  const choose = (option: ReadingOptionView) => void answer(fileKey, question.what, option.mapping);

  useKeys(
    first
      ? options.slice(0, KEYS.length).map((option, index) => ({
          combo: KEYS[index] ?? '',
          label: t('question.choose.this', { reading: saidText(option.words, i18n) }),
          group: t('nav.import'),
          run: () => choose(option),
          enabled: !disabled,
        }))
      : [],
  );

  return (
    <Panel testId="question" flush>
      <header className="question-head">
        <CircleHelp aria-hidden size={20} />
        <div>
          <h2 className="panel-title">{word('question', question.what)}</h2>
          <p className="muted">{t(options.length > 1 ? 'question.hint' : 'question.hint.one')}</p>
        </div>
      </header>
      <div className={`options ${options.length > 1 ? 'options-two' : ''}`}>
        {options.map((option, index) => (
          <Option
            key={option.words.english}
            option={option}
            combo={first ? KEYS[index] : undefined}
            only={options.length < 2}
            side={side}
            disabled={disabled}
            onChoose={() => choose(option)}
          />
        ))}
      </div>
      {options.length === 0 && (
        <ul className="plain-list question-readings">
          {question.readings.map((reading) => (
            <li key={reading.english}>{alone(saidText(reading, i18n))}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What only the user can say: the readings side by side, one of which is chosen. Never guessed silently. */
export function Questions(props: {
  questions: QuestionView[];
  side: SideView;
  disabled: boolean;
  fileKey: string;
}) {
  const { questions, side, disabled, fileKey } = props;
  return questions.map((question, index) => (
    <Question
      key={question.what}
      question={question}
      side={side}
      disabled={disabled}
      fileKey={fileKey}
      first={index === 0}
    />
  ));
}
