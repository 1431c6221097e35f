import { RotateCcw } from 'lucide-react';
import { LANGUAGES, type MessageKey, setLanguage, useI18n } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText, MomentText } from '@/shared/Dates';
import { Segments, SelectField } from '@/shared/Field';
import { formatCount } from '@/shared/format';
import { modSign } from '@/shared/Keys';
import { Panel, ScreenHead } from '@/shared/Parts';
import {
  DATE_STYLES,
  type DateStyle,
  formatsStore,
  type Negatives,
  NUMBER_STYLES,
  type NumberStyle,
  negativesStore,
  setFormats,
  setNegatives,
  type Theme,
  themeStore,
} from '@/shared/preferences';
import { useStore } from '@/shared/store';
import { ZOOM_STEPS, zoomStore, zoomTo } from '@/shared/zoom';
import './settings.css';

const THEMES: readonly { value: Theme; name: MessageKey }[] = [
  { value: 'light', name: 'settings.light' },
  { value: 'dark', name: 'settings.dark' },
  { value: 'system', name: 'settings.system' },
];
const NEGATIVES: readonly Negatives[] = ['minus', 'parentheses'];

function Appearance() {
  const { t, language, locale } = useI18n();
  const theme = useStore(themeStore);
  const size = useStore(zoomStore);
  return (
    <Panel title={t('settings.appearance')} testId="settings-appearance">
      <div className="settings-fields">
        <Segments
          label={t('settings.theme')}
          value={theme}
          options={THEMES.map(({ value, name }) => ({
            value,
            label: t(name),
            testId: `setting-theme-${value}`,
          }))}
          onChange={(value) => themeStore.set(value)}
        />
        <Segments
          label={t('settings.language')}
          value={language}
          options={LANGUAGES.map(({ code, name }) => ({
            value: code,
            label: name,
            testId: `setting-language-${code}`,
          }))}
          onChange={setLanguage}
        />
        <SelectField
          label={t('settings.size')}
          hint={t('settings.size.keys', { larger: `${modSign()} +`, smaller: `${modSign()} −` })}
          value={String(size)}
          onChange={(chosen) => zoomTo(Number(chosen))}
          testId="setting-size"
        >
          {ZOOM_STEPS.map((step) => (
            <option key={step} value={step}>
              {`${formatCount(step, locale)} %`}
            </option>
          ))}
        </SelectField>
      </div>
    </Panel>
  );
}

function Example({ currency }: { currency: string }) {
  const { t } = useI18n();
  const amount = (value: string) => <Amount amount={{ value, currency }} currency />;
  return (
    <dl className="settings-example" aria-label={t('settings.example')} data-testid="format-example">
      <div>
        <dt>{t('settings.example.credit')}</dt>
        <dd>{amount('1234567.50')}</dd>
      </div>
      <div>
        <dt>{t('settings.example.debit')}</dt>
        <dd>{amount('-1234.05')}</dd>
      </div>
      <div>
        <dt>{t('settings.example.date')}</dt>
        <dd>
          <DateText iso="2026-03-04" />
        </dd>
      </div>
      <div>
        <dt>{t('settings.example.moment')}</dt>
        <dd>
          <MomentText iso="2026-03-04T15:30:00Z" />
        </dd>
      </div>
    </dl>
  );
}

function NumbersAndDates({ currency }: { currency: string }) {
  const { t, word } = useI18n();
  const { numbers, dates } = useStore(formatsStore);
  const negatives = useStore(negativesStore);
  const own = numbers === 'language' && dates === 'language' && negatives === 'minus';

  function reset(): void {
    setFormats({ numbers: 'language', dates: 'language' });
    setNegatives('minus');
  }

  return (
    <Panel
      title={t('settings.formats')}
      testId="settings-formats"
      aside={
        <Button size="small" icon={RotateCcw} disabled={own} onClick={reset} testId="formats-reset">
          {t('settings.formats.reset')}
        </Button>
      }
    >
      <p className="panel-note">{t('settings.formats.text')}</p>
      <div className="settings-fields">
        <SelectField
          label={t('settings.numbers')}
          value={numbers}
          onChange={(value) => setFormats({ numbers: value as NumberStyle })}
          testId="setting-numbers"
        >
          {NUMBER_STYLES.map((style) => (
            <option key={style} value={style}>
              {word('numberStyle', style)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('settings.dates')}
          value={dates}
          onChange={(value) => setFormats({ dates: value as DateStyle })}
          testId="setting-dates"
        >
          {DATE_STYLES.map((style) => (
            <option key={style} value={style}>
              {word('dateStyle', style)}
            </option>
          ))}
        </SelectField>
        <Segments
          label={t('settings.negatives')}
          value={negatives}
          options={NEGATIVES.map((value) => ({
            value,
            label: word('negativeStyle', value),
            testId: `negatives-${value}`,
          }))}
          onChange={setNegatives}
        />
      </div>
      <Example currency={currency} />
    </Panel>
  );
}

/** How the window looks, and how numbers and dates are written. */
export function AppearanceScreen({ workbook }: { workbook: WorkbookView }) {
  const { t } = useI18n();
  return (
    <div className="screen">
      <ScreenHead title={t('nav.appearance')}>{t('settings.appearance.text')}</ScreenHead>
      <Appearance />
      <NumbersAndDates currency={workbook.currency} />
    </div>
  );
}
