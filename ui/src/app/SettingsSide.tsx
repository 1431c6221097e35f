import { Search } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import { useUnsaved } from '@/shared/drafts';
import { Keys } from '@/shared/Keys';
import { useKeys } from '@/shared/keys';
import { goToSettings, SETTINGS_GROUPS, type SettingsSection } from '@/shared/navigation';
import { PlaceButton } from './PlaceButton';
import { SECTION_ENTRIES } from './sections';
import { type FoundSection, searchSettings } from './settingSearch';

function SectionItem({ section, current }: { section: SettingsSection; current: boolean }) {
  const { t } = useI18n();
  const { name, about, combo, icon, draft } = SECTION_ENTRIES[section];
  const unsaved = useUnsaved(draft) && <span className="section-unsaved">{t('settings.unsaved')}</span>;
  return (
    <li>
      <PlaceButton
        among="section"
        name={t(name)}
        icon={icon}
        combo={combo}
        title={t(about)}
        current={current}
        testId={`section-${section}`}
        onGo={() => goToSettings(section)}
        below={unsaved}
      />
    </li>
  );
}

function Found({ found, onGo }: { found: readonly FoundSection[]; onGo: () => void }) {
  const { t } = useI18n();
  const go = (section: SettingsSection, field?: string) => {
    onGo();
    goToSettings(section, field);
  };
  return (
    <ul className="settings-found" data-testid="settings-found">
      {found.map(({ section, fields }) => {
        const { name, icon } = SECTION_ENTRIES[section];
        return (
          <li key={section}>
            <PlaceButton
              among="section"
              name={t(name)}
              icon={icon}
              testId={`found-${section}`}
              onGo={() => go(section)}
            />
            {fields.map((field) => (
              <PlaceButton
                key={field}
                among="section"
                className="found-field"
                name={t(field)}
                testId="found-field"
                onGo={() => go(section, field)}
              />
            ))}
          </li>
        );
      })}
    </ul>
  );
}

/** The sections of the settings, and the search over all that can be set. */
export function SettingsSide({ current }: { current: SettingsSection }) {
  const i18n = useI18n();
  const { t } = i18n;
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const side = useRef<HTMLElement>(null);
  const found = searchSettings(text, i18n);
  const searching = text.trim() !== '';

  useKeys([
    {
      combo: 'Mod+F',
      label: t('settings.search'),
      group: t('nav.settings'),
      run: () => {
        field.current?.focus();
        field.current?.select();
      },
      whileTyping: true,
    },
  ]);

  /** Arrows move through what was found; Enter in the field takes the first. */
  function onKeyDown(event: KeyboardEvent): void {
    const inField = event.target === field.current;
    const results = [...(side.current?.querySelectorAll<HTMLElement>('.settings-found button') ?? [])];
    const at = results.indexOf(event.target as HTMLElement);
    if (event.key === 'Escape' && searching) {
      setText('');
      field.current?.focus();
    } else if (event.key === 'Enter' && inField) {
      const first = results.find((one) => one.matches('.found-field')) ?? results[0];
      first?.click();
    } else if (event.key === 'ArrowDown' && searching && (inField || at >= 0)) {
      results[at + 1]?.focus();
    } else if (event.key === 'ArrowUp' && at >= 0) {
      (results[at - 1] ?? field.current)?.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <nav ref={side} className="settings-side" aria-label={t('settings.sections')} onKeyDown={onKeyDown}>
      <div className="search settings-search">
        <Search aria-hidden size={15} />
        <input
          ref={field}
          type="search"
          className="input"
          autoComplete="off"
          spellCheck={false}
          aria-label={t('settings.search')}
          placeholder={t('settings.search.in')}
          aria-keyshortcuts="Control+F"
          value={text}
          data-testid="settings-search"
          onChange={(event) => setText(event.target.value)}
        />
        {!searching && <Keys combo="Mod+F" />}
      </div>
      {searching && <Found found={found} onGo={() => setText('')} />}
      {searching && found.length === 0 && (
        <p className="settings-none" role="status">
          {t('settings.search.none')}
        </p>
      )}
      {!searching &&
        SETTINGS_GROUPS.map((group) => (
          <div key={group[0]} className="section-group">
            <p className="section-head">
              {t(group[0] === 'appearance' ? 'settings.onMachine' : 'settings.inWorkbook')}
            </p>
            <ul>
              {group.map((section) => (
                <SectionItem key={section} section={section} current={section === current} />
              ))}
            </ul>
          </div>
        ))}
    </nav>
  );
}
