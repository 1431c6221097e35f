import { FileInput, Save, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import { host, type JournalLayoutForm } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseJournalPath } from '@/shared/choosePath';
import { Dialog } from '@/shared/Dialog';
import { CheckField, Segments, SelectField, TextField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';
import { useLater } from '@/shared/useLater';
import { ColumnTable } from './ColumnTable';
import { LayoutPreview } from './ExportDialog';
import type { JournalActions } from './useJournal';

interface LayoutDialogProps {
  layout: JournalLayoutForm;
  readyMade: boolean;
  through: string | null;
  /** The file that is to be written. */
  path: string;
  actions: JournalActions;
  onSaved: (name: string) => void;
  onClose: () => void;
}

const FORM = 'journal-layout-form';
const SEPARATORS = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['|', 'pipe'],
  ['tab', 'tab'],
] as const;

/** A layout of journal files: its columns, and how it writes dates, numbers and text. */
export function LayoutDialog(props: LayoutDialogProps) {
  const { through, actions, onSaved, onClose } = props;
  const { t, word } = useI18n();
  const [layout, setLayout] = useState(
    props.readyMade ? { ...props.layout, name: `${props.layout.name} 2` } : props.layout,
  );
  const [removing, setRemoving] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const shown = useLater(layout, 300);
  const set = (change: Partial<JournalLayoutForm>) => setLayout((before) => ({ ...before, ...change }));

  async function doing(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await work();
    } catch (refusal) {
      setFault(refusal);
    } finally {
      setBusy(false);
    }
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) {
      return;
    }
    await doing(async () => {
      const name = layout.name.trim();
      await actions.saveLayout(layout, props.readyMade ? null : props.layout.name);
      onSaved(name);
      onClose();
    });
  }

  async function read(): Promise<void> {
    const path = await chooseJournalPath(false, '');
    if (path !== null) {
      await doing(async () => setLayout(await host().call('read_journal_layout', { path })));
    }
  }

  async function remove(): Promise<void> {
    await doing(async () => {
      await actions.removeLayout(props.layout.name);
      onSaved('generic');
      onClose();
    });
  }

  return (
    <Dialog
      title={t('journal.layout.title')}
      width="wide"
      onClose={onClose}
      testId="journal-layout-dialog"
      footer={
        <>
          <Button icon={FileInput} disabled={busy} onClick={() => void read()} testId="journal-layout-open">
            {t('journal.layout.open')}
          </Button>
          {!props.readyMade && (
            <Button
              icon={Trash2}
              variant={removing ? 'danger' : 'secondary'}
              disabled={busy}
              onClick={() => (removing ? void remove() : setRemoving(true))}
              testId="journal-layout-remove"
            >
              {removing
                ? t('journal.layout.remove.sure', { name: props.layout.name })
                : t('journal.layout.remove')}
            </Button>
          )}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            form={FORM}
            icon={Save}
            keys="Enter"
            busy={busy}
            disabled={busy || layout.name.trim() === ''}
            testId="journal-layout-save"
          >
            {t('journal.layout.save')}
          </Button>
        </>
      }
    >
      <form id={FORM} className="form journal-form" onSubmit={(event) => void save(event)} noValidate>
        {fault !== null && <FaultNotice fault={fault} />}
        <div className="journal-grid">
          <TextField
            label={t('journal.layout.name')}
            hint={t(props.readyMade ? 'journal.layout.name.ready' : 'journal.layout.name.own')}
            value={layout.name}
            onChange={(name) => set({ name })}
            testId="journal-layout-name"
          />
          <SelectField
            label={t('journal.layout.encoding')}
            value={layout.encoding}
            onChange={(encoding) => set({ encoding })}
          >
            {['utf-8', 'utf-8-bom', 'windows-1252'].map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t('journal.layout.separator')}
            value={layout.separator}
            onChange={(separator) => set({ separator })}
          >
            {SEPARATORS.map(([separator, name]) => (
              <option key={separator} value={separator}>
                {word('journalSeparator', name)}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t('journal.layout.decimal')}
            value={layout.decimal}
            onChange={(decimal) => set({ decimal })}
          >
            {['.', ','].map((mark) => (
              <option key={mark} value={mark}>
                {mark}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t('journal.layout.date')}
            value={layout.date}
            onChange={(date) => set({ date })}
            testId="journal-layout-date"
          />
          <SelectField
            label={t('journal.layout.language')}
            value={layout.language}
            onChange={(language) => set({ language })}
          >
            {['en', 'de'].map((language) => (
              <option key={language} value={language}>
                {word('journalLanguage', language)}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t('journal.layout.debit')}
            value={layout.debit}
            onChange={(debit) => set({ debit })}
          />
          <TextField
            label={t('journal.layout.credit')}
            value={layout.credit}
            onChange={(credit) => set({ credit })}
          />
        </div>
        <Segments
          label={t('journal.layout.lines')}
          value={layout.lines === 'side' ? 'side' : 'entry'}
          onChange={(lines) => set({ lines })}
          options={[
            { value: 'entry', label: t('journal.lines.entry') },
            { value: 'side', label: t('journal.lines.side') },
          ]}
        />
        <CheckField
          label={t('journal.layout.headings')}
          checked={layout.headings}
          onChange={(headings) => set({ headings })}
        />
        <ColumnTable layout={layout} onChange={setLayout} />
        <LayoutPreview layout={shown} through={through} path={props.path} />
      </form>
    </Dialog>
  );
}
