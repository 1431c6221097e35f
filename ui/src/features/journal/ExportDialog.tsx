import { FileOutput, FolderOpen, SlidersHorizontal } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import type { JournalView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { chooseJournalPath } from '@/shared/choosePath';
import { Dialog } from '@/shared/Dialog';
import { SelectField, TextField } from '@/shared/Field';
import { formatDate } from '@/shared/format';
import { FaultNotice, Notice } from '@/shared/Notice';
import { goToSettings } from '@/shared/navigation';
import { LayoutPreview } from './LayoutPreview';
import { type JournalActions, useLayouts } from './useJournal';
import { rememberedLayout, rememberLayout } from './useLayoutSettings';

interface ExportDialogProps {
  journal: JournalView;
  /** Entries up to this day; `null`: all. */
  through: string | null;
  actions: JournalActions;
  onClose: () => void;
}

const FORM = 'journal-export-form';

/** Exports the entries as a batch: layout, first rows, file. */
export function ExportDialog({ through, actions, onClose, ...props }: ExportDialogProps) {
  const { t, locale } = useI18n();
  // What was shown when it was opened: what happens meanwhile is not exported unseen.
  const [journal] = useState(props.journal);
  const layouts = useLayouts();
  const [chosen, setChosen] = useState(rememberedLayout);
  const [path, setPath] = useState(journal.proposedPath);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const known = layouts.data ?? [];
  const layout = known.find(({ form }) => form.name === chosen) ?? known[0];
  const ready = layout !== undefined && path.trim() !== '' && journal.missing.length === 0 && !busy;

  function choose(name: string): void {
    rememberLayout(name);
    setChosen(name);
  }

  /** What a layout is like is set in the settings. */
  function toLayouts(): void {
    onClose();
    goToSettings('layouts');
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!ready) {
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      await actions.exportAll({ layout: layout.form, through, path: path.trim(), seen: journal.seen });
      onClose();
    } catch (refusal) {
      setFault(refusal);
      setBusy(false);
    }
  }

  async function pick(): Promise<void> {
    setPath((await chooseJournalPath(true, path)) ?? path);
  }

  return (
    <Dialog
      title={t('journal.export.title')}
      width="wide"
      onClose={onClose}
      testId="journal-export-dialog"
      footer={
        <>
          <span className="form-note">
            {journal.sums.map(({ entries, amount }) => (
              <span key={amount.currency} className="journal-sum">
                {t('journal.entries', { count: entries })} <Amount amount={amount} currency />
              </span>
            ))}
          </span>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            form={FORM}
            icon={FileOutput}
            keys="Enter"
            busy={busy}
            disabled={!ready}
            testId="journal-export-confirm"
          >
            {t('journal.export.confirm')}
          </Button>
        </>
      }
    >
      <form id={FORM} className="form journal-form" onSubmit={(event) => void submit(event)} noValidate>
        {fault !== null && <FaultNotice fault={fault} />}
        {layouts.error && <FaultNotice fault={layouts.error} />}
        {journal.missing.length > 0 && (
          <Notice tone="warning" testId="journal-export-missing">
            {t('journal.export.missing')}
          </Notice>
        )}
        <p className="prose">
          <strong data-testid="journal-export-days">
            {through === null
              ? t('journal.export.all')
              : t('journal.export.through', { date: formatDate(through, locale) })}
          </strong>{' '}
          {t('journal.export.text')}
        </p>
        <div className="journal-choice">
          <SelectField
            label={t('journal.layout')}
            value={layout?.form.name ?? ''}
            onChange={choose}
            testId="journal-layout"
          >
            {known.map(({ form }) => (
              <option key={form.name} value={form.name}>
                {form.name}
              </option>
            ))}
          </SelectField>
          <Button icon={SlidersHorizontal} onClick={toLayouts} testId="journal-layout-edit">
            {t('journal.layout.edit')}
          </Button>
        </div>
        <TextField
          label={t('journal.file')}
          hint={t('journal.file.hint')}
          value={path}
          onChange={setPath}
          autoFocus
          testId="journal-path"
          beside={
            <Button icon={FolderOpen} onClick={() => void pick()} testId="journal-pick">
              {t('journal.file.choose')}
            </Button>
          }
        />
        {layout && (
          <section aria-label={t('journal.preview')}>
            <h3 className="journal-heading">{t('journal.preview')}</h3>
            <LayoutPreview layout={layout.form} through={through} path={path} />
          </section>
        )}
      </form>
    </Dialog>
  );
}
