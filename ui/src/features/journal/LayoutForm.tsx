import { useI18n } from '@/i18n';
import type { JournalLayoutForm } from '@/ipc';
import { CheckField, Segments, SelectField, TextField } from '@/shared/Field';

interface LayoutFormProps {
  layout: JournalLayoutForm;
  /** Says what another name does. */
  nameHint: string;
  nameError: string | null;
  onChange: (layout: JournalLayoutForm) => void;
}

const SEPARATORS = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['|', 'pipe'],
  ['tab', 'tab'],
] as const;

/** How a layout writes dates, numbers and text. */
export function LayoutForm({ layout, nameHint, nameError, onChange }: LayoutFormProps) {
  const { t, word } = useI18n();
  const set = (change: Partial<JournalLayoutForm>) => onChange({ ...layout, ...change });
  return (
    <div className="journal-form form">
      <div className="journal-grid">
        <TextField
          label={t('journal.layout.name')}
          hint={nameHint}
          error={nameError}
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
          testId="journal-layout-debit"
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
    </div>
  );
}
