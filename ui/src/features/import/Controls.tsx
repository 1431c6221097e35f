import { useEffect, useState } from 'react';
import { useI18n } from '@/i18n';
import type { DateOrderView, DecimalMarkView, ImportPreview, WorkbookView } from '@/ipc';
import { currencyChoices } from '@/shared/currencies';
import { CheckField, Segments, SelectField, TextField } from '@/shared/Field';
import { revise } from './acting';

const NEW_ACCOUNT = '';
const DATE_ORDERS: readonly DateOrderView[] = ['dayMonthYear', 'monthDayYear', 'yearMonthDay'];
const DECIMAL_MARKS: readonly DecimalMarkView[] = ['point', 'comma'];

interface ControlsProps {
  preview: ImportPreview;
  workbook: WorkbookView;
  disabled: boolean;
  fileKey: string;
}

function AccountChoice({ preview, workbook, disabled, fileKey }: ControlsProps) {
  const { t } = useI18n();
  const [name, setName] = useState(preview.accountName);
  useEffect(() => setName(preview.accountName), [preview.accountName]);
  const rename = () => {
    if (name.trim() !== '' && name !== preview.accountName) {
      void revise(fileKey, { accountId: null, accountName: name.trim() });
    }
  };
  return (
    <>
      <SelectField
        label={t('import.account')}
        value={preview.accountId ?? NEW_ACCOUNT}
        disabled={disabled}
        testId="import-account"
        onChange={(id) =>
          void revise(
            fileKey,
            id === NEW_ACCOUNT ? { accountId: null, accountName: name } : { accountId: id, accountName: '' },
          )
        }
      >
        {workbook.accounts.map((account) => (
          <option key={account.id} value={account.id}>
            {`${account.name} · ${account.currency}`}
          </option>
        ))}
        <option value={NEW_ACCOUNT}>{t('import.account.new')}</option>
      </SelectField>
      {preview.accountId === null && (
        <TextField
          label={t('import.account.name')}
          value={name}
          disabled={disabled}
          onChange={setName}
          onBlur={rename}
          onKeyDown={(event) => event.key === 'Enter' && rename()}
          testId="import-account-name"
        />
      )}
    </>
  );
}

function Marks({ preview, disabled, fileKey }: Omit<ControlsProps, 'workbook'>) {
  const { t, word } = useI18n();
  const { mapping } = preview;
  return (
    <>
      <SelectField
        label={t('import.dateOrder')}
        value={mapping.dateOrder}
        disabled={disabled}
        testId="import-date-order"
        onChange={(value) => {
          const dateOrder = DATE_ORDERS.find((order) => order === value);
          if (dateOrder) {
            void revise(fileKey, { mapping: { ...mapping, dateOrder } });
          }
        }}
      >
        {DATE_ORDERS.map((order) => (
          <option key={order} value={order}>
            {word('dateOrder', order)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('import.decimalMark')}
        value={mapping.decimalMark}
        disabled={disabled}
        testId="import-decimal-mark"
        onChange={(value) => {
          const decimalMark = DECIMAL_MARKS.find((mark) => mark === value);
          if (decimalMark) {
            void revise(fileKey, { mapping: { ...mapping, decimalMark } });
          }
        }}
      >
        {DECIMAL_MARKS.map((mark) => (
          <option key={mark} value={mark}>
            {word('decimalMark', mark)}
          </option>
        ))}
      </SelectField>
    </>
  );
}

/** How the file is to be read. Every change reads it again. */
export function Controls({ preview, workbook, disabled, fileKey }: ControlsProps) {
  const { t, locale } = useI18n();
  const { mapping } = preview;
  return (
    <div className="controls">
      <Segments
        label={t('import.side')}
        value={preview.side}
        disabled={disabled}
        onChange={(side) => void revise(fileKey, { side, mapping: null })}
        options={[
          { value: 'statement', label: t('side.statement'), testId: 'side-statement' },
          { value: 'ledger', label: t('side.ledger'), testId: 'side-ledger' },
        ]}
      />
      {preview.side === 'statement' && preview.accountsCount > 1 && (
        <p className="controls-note" data-testid="import-accounts">
          <span className="field-label">{t('import.account')}</span>
          {t('import.accounts', { count: preview.accountsCount })}
        </p>
      )}
      {preview.side === 'statement' && preview.accountsCount <= 1 && (
        <AccountChoice preview={preview} workbook={workbook} disabled={disabled} fileKey={fileKey} />
      )}
      <SelectField
        label={t('import.currency')}
        value={preview.currency}
        disabled={disabled}
        testId="import-currency"
        onChange={(currency) => void revise(fileKey, { currency })}
      >
        {currencyChoices(locale).map(({ code, name }) => (
          <option key={code} value={code}>
            {`${code} · ${name}`}
          </option>
        ))}
      </SelectField>
      {!preview.columnsKnown && <Marks preview={preview} disabled={disabled} fileKey={fileKey} />}
      {preview.sheets.length > 1 && (
        <SelectField
          label={t('import.sheet')}
          value={mapping.sheet ?? preview.sheets[0]}
          disabled={disabled}
          testId="import-sheet"
          onChange={(sheet) => void revise(fileKey, { sheet, mapping: null })}
        >
          {preview.sheets.map((sheet) => (
            <option key={sheet} value={sheet}>
              {sheet}
            </option>
          ))}
        </SelectField>
      )}
      <CheckField
        label={t('import.invertSign')}
        checked={mapping.invertSign}
        disabled={disabled}
        onChange={(invertSign) => void revise(fileKey, { mapping: { ...mapping, invertSign } })}
        testId="import-invert-sign"
      />
    </div>
  );
}
