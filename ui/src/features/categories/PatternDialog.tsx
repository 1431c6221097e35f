import { Check, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { CategoryPatternView } from '@/ipc';
import { TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { CategoryField } from './CategoryField';
import type { PatternDraft } from './useCategories';

interface PatternDialogProps {
  draft: PatternDraft;
  names: readonly string[];
  onClose: () => void;
  onSave: (draft: PatternDraft) => Promise<void>;
}

/** A pattern, new or to be changed. */
export function PatternDialog({ draft: first, names, onClose, onSave }: PatternDialogProps) {
  const { t } = useI18n();
  const [draft, setDraft] = useState(first);
  return (
    <FormDialog
      title={t(first.id === null ? 'categories.pattern.new' : 'categories.pattern.edit')}
      action={t('categories.pattern.save')}
      icon={Check}
      ready={draft.pattern.trim() !== '' && draft.category.trim() !== ''}
      note={t('categories.pattern.note')}
      testId="pattern-dialog"
      onClose={onClose}
      onSubmit={() => onSave(draft)}
    >
      <TextField
        label={t('categories.pattern')}
        hint={t('categories.pattern.hint')}
        value={draft.pattern}
        autoFocus
        onChange={(pattern) => setDraft({ ...draft, pattern })}
        testId="pattern-text"
      />
      <CategoryField
        names={names}
        value={draft.category}
        onChange={(category) => setDraft({ ...draft, category })}
      />
    </FormDialog>
  );
}

interface RemovePatternProps {
  pattern: CategoryPatternView;
  onClose: () => void;
  onRemove: () => Promise<void>;
}

/** Asks before a pattern that took lines is removed. */
export function RemovePattern({ pattern, onClose, onRemove }: RemovePatternProps) {
  const { t } = useI18n();
  return (
    <FormDialog
      title={t('categories.pattern.remove')}
      action={t('action.remove')}
      icon={Trash2}
      ready
      danger
      testId="remove-pattern"
      onClose={onClose}
      onSubmit={onRemove}
    >
      <p>{t('categories.pattern.remove.text', { pattern: pattern.pattern, count: pattern.lines })}</p>
    </FormDialog>
  );
}
