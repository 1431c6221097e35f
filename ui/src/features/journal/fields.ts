import { fieldsNamed, type SettingField } from '@/shared/settingFields';

/** What can be found in the section of the layouts. */
export const LAYOUT_FIELDS: readonly SettingField[] = [
  { name: 'journal.layout', also: ['journal.layout.remove'] },
  { name: 'journal.layout.form', also: ['journal.layout.open'] },
  ...fieldsNamed(
    'journal.layout.name',
    'journal.layout.encoding',
    'journal.layout.separator',
    'journal.layout.decimal',
    'journal.layout.date',
    'journal.layout.language',
    'journal.layout.debit',
    'journal.layout.credit',
  ),
  { name: 'journal.layout.lines', also: ['journal.lines.entry', 'journal.lines.side'] },
  ...fieldsNamed('journal.layout.headings', 'journal.columns'),
  ...fieldsNamed(
    'journal.column.heading',
    'journal.column.value',
    'journal.column.text',
    'journal.column.chars',
    'journal.column.add',
    'journal.preview',
  ),
];
