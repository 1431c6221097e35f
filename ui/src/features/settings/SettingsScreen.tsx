import {
  Bell,
  ChevronRight,
  type LucideIcon,
  RotateCcw,
  ShieldCheck,
  SlidersHorizontal,
  Tags,
  UserRoundCog,
} from 'lucide-react';
import { LANGUAGES, type MessageKey, setLanguage, useI18n } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText, MomentText } from '@/shared/Dates';
import { Segments, SelectField } from '@/shared/Field';
import { goTo, type Screen } from '@/shared/navigation';
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
import './settings.css';

const THEMES: readonly { value: Theme; name: MessageKey }[] = [
  { value: 'light', name: 'settings.light' },
  { value: 'dark', name: 'settings.dark' },
  { value: 'system', name: 'settings.system' },
];
const NEGATIVES: readonly Negatives[] = ['minus', 'parentheses'];

/** Where what the workbook decides by is set, each with what it is about. */
const PLACES: readonly { screen: Screen; icon: LucideIcon; name: MessageKey; text: MessageKey }[] = [
  { screen: 'matching', icon: SlidersHorizontal, name: 'nav.matching', text: 'settings.where.matching' },
  { screen: 'policy', icon: ShieldCheck, name: 'nav.policy', text: 'settings.where.policy' },
  { screen: 'categories', icon: Tags, name: 'nav.categories', text: 'settings.where.categories' },
  { screen: 'people', icon: UserRoundCog, name: 'nav.people', text: 'settings.where.people' },
  { screen: 'alerts', icon: Bell, name: 'nav.alerts', text: 'settings.where.alerts' },
];

function Appearance() {
  const { t, language } = useI18n();
  const theme = useStore(themeStore);
  return (
    <Panel title={t('settings.appearance')} testId="settings-appearance">
      <p className="panel-note">{t('settings.appearance.text')}</p>
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
          {t('settings.keys.reset')}
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

function Places() {
  const { t } = useI18n();
  return (
    <Panel title={t('settings.where')} flush testId="settings-places">
      <p className="panel-note panel-pad">{t('settings.where.text')}</p>
      <ul className="rows">
        {PLACES.map(({ screen, icon: Icon, name, text }) => (
          <li key={screen}>
            <button
              type="button"
              className="row settings-place"
              data-testid={`settings-${screen}`}
              onClick={() => goTo(screen)}
            >
              <Icon aria-hidden size={17} strokeWidth={1.85} />
              <span className="row-main">
                {t(name)}
                <span className="settings-about">{t(text)}</span>
              </span>
              <ChevronRight aria-hidden size={16} className="muted" />
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** How the window looks, how numbers and dates are written, and where what the workbook decides by is set. */
export function SettingsScreen({ workbook }: { workbook: WorkbookView }) {
  const { t } = useI18n();
  return (
    <div className="screen">
      <ScreenHead title={t('nav.settings')}>{t('settings.screen.text')}</ScreenHead>
      <Appearance />
      <NumbersAndDates currency={workbook.currency} />
      <Places />
    </div>
  );
}
