import { Tag } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { CategoryLineView, HandChoiceView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Segments } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { CategoryField } from './CategoryField';

interface SetCategoryDialogProps {
  lines: readonly CategoryLineView[];
  names: readonly string[];
  onClose: () => void;
  onSet: (choice: HandChoiceView, category: string) => Promise<void>;
}

const CHOICES: readonly HandChoiceView[] = ['category', 'noCategory', 'leaveToPatterns'];

/** A person's own word on lines, or taking it back. */
export function SetCategoryDialog({ lines, names, onClose, onSet }: SetCategoryDialogProps) {
  const { t, word } = useI18n();
  const only = lines.length === 1 ? lines[0] : undefined;
  const [choice, setChoice] = useState<HandChoiceView>('category');
  const [category, setCategory] = useState('');
  return (
    <FormDialog
      title={t('categories.set.title', { count: lines.length })}
      action={t('categories.set.do')}
      icon={Tag}
      ready={choice !== 'category' || category.trim() !== ''}
      testId="set-dialog"
      onClose={onClose}
      onSubmit={() => onSet(choice, category)}
    >
      {only && (
        <p className="prose" data-testid="set-line">
          {[only.counterparty || only.description, only.reference].filter(Boolean).join(' · ')}{' '}
          <Amount amount={only.amount} currency />
        </p>
      )}
      <Segments
        label={t('categories.set.what')}
        value={choice}
        onChange={setChoice}
        options={CHOICES.map((value) => ({
          value,
          label: word('categories.choice', value),
          testId: `choice-${value}`,
        }))}
      />
      {choice === 'category' && (
        <CategoryField names={names} value={category} autoFocus onChange={setCategory} />
      )}
      <p className="muted">{word('categories.choiceText', choice)}</p>
    </FormDialog>
  );
}
