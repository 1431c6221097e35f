import { useState } from 'react';
import { useI18n } from '@/i18n';
import { SelectField, TextField } from '@/shared/Field';

interface CategoryFieldProps {
  names: readonly string[];
  value: string;
  autoFocus?: boolean;
  onChange: (name: string) => void;
}

const NEW = '\u0000new';

/** One of the categories, or a new one by its name. */
export function CategoryField({ names, value, autoFocus, onChange }: CategoryFieldProps) {
  const { t } = useI18n();
  const [isNew, setNew] = useState(names.length === 0 || (value !== '' && !names.includes(value)));
  return (
    <>
      {names.length > 0 && (
        <SelectField
          label={t('categories.category')}
          value={isNew ? NEW : value}
          autoFocus={autoFocus}
          testId="category-choice"
          onChange={(chosen) => {
            setNew(chosen === NEW);
            onChange(chosen === NEW ? '' : chosen);
          }}
        >
          {value === '' && !isNew && <option value="">{t('categories.category.choose')}</option>}
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value={NEW}>{t('categories.category.new')}</option>
        </SelectField>
      )}
      {isNew && (
        <TextField
          label={t('categories.category.name')}
          value={value}
          autoFocus={autoFocus}
          onChange={onChange}
          testId="category-name"
        />
      )}
    </>
  );
}
