import { Tag } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { HandChoiceView } from '@/ipc';
import { Segments } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { CategoryField } from './CategoryField';

interface SetCategoryDialogProps {
  count: number;
  names: readonly string[];
  onClose: () => void;
  onSet: (choice: HandChoiceView, category: string) => Promise<void>;
}

const CHOICES: readonly HandChoiceView[] = ['category', 'noCategory', 'leaveToPatterns'];

/** A person's own word on lines, or taking it back. */
export function SetCategoryDialog({ count, names, onClose, onSet }: SetCategoryDialogProps) {
  const { t, word } = useI18n();
  const [choice, setChoice] = useState<HandChoiceView>('category');
  const [category, setCategory] = useState('');
  return (
    <FormDialog
      title={t('categories.set.title', { count })}
      action={t('categories.set.do')}
      icon={Tag}
      ready={choice !== 'category' || category.trim() !== ''}
      testId="set-dialog"
      onClose={onClose}
      onSubmit={() => onSet(choice, category)}
    >
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
      {choice === 'category' && <CategoryField names={names} value={category} onChange={setCategory} />}
      <p className="muted">{word('categories.choiceText', choice)}</p>
    </FormDialog>
  );
}
