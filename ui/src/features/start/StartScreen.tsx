import { BookMarked, ChevronRight, FileX } from 'lucide-react';
import { useState } from 'react';
import { LANGUAGES, setLanguage, useI18n } from '@/i18n';
import type { AppState, RecentWorkbook, WorkbookView } from '@/ipc';
import { Mark } from '@/shared/Mark';
import { CreateForm } from './CreateForm';
import { OpenForm } from './OpenForm';
import { RestoreForm } from './RestoreForm';
import './start.css';

interface StartScreenProps {
  state: AppState;
  onOpened: (workbook: WorkbookView) => void;
}

function RecentRow({ recent, onPick }: { recent: RecentWorkbook; onPick: () => void }) {
  const { t } = useI18n();
  const Icon = recent.present ? BookMarked : FileX;
  return (
    <li>
      <button
        type="button"
        className="recent"
        disabled={!recent.present}
        onClick={onPick}
        title={recent.path}
        data-testid="recent-workbook"
      >
        <Icon aria-hidden size={18} strokeWidth={1.75} />
        <span className="recent-text">
          <strong>{recent.company}</strong>
          <span>{recent.present ? <bdi>{recent.path}</bdi> : t('start.recent.gone')}</span>
        </span>
        {recent.present && <ChevronRight aria-hidden size={16} />}
      </button>
    </li>
  );
}

/** The first screen: open a workbook or make one. */
export function StartScreen({ state, onOpened }: StartScreenProps) {
  const { t, language } = useI18n();
  const present = state.recent.find((recent) => recent.present);
  const [mode, setMode] = useState<'open' | 'create' | 'restore'>(present ? 'open' : 'create');
  const [picked, setPicked] = useState({ path: present?.path ?? '', attempt: 0 });
  const tabs = [
    { mode: 'open', label: t('start.tab.open'), testId: 'start-open' },
    { mode: 'create', label: t('start.tab.create'), testId: 'start-create' },
    { mode: 'restore', label: t('start.tab.restore'), testId: 'start-restore' },
  ] as const;

  function pick(recent: RecentWorkbook): void {
    setMode('open');
    setPicked(({ attempt }) => ({ path: recent.path, attempt: attempt + 1 }));
  }

  return (
    <div className="start">
      <main className="start-card">
        <section className="start-side">
          <div className="start-brand">
            <Mark size={34} />
            <h1>{'Tieout'}</h1>
          </div>
          <p className="start-tagline">{t('start.tagline')}</p>
          <h2 className="start-heading">{t('start.recent')}</h2>
          {state.recent.length === 0 ? (
            <p className="start-none">{t('start.recent.none')}</p>
          ) : (
            <ul className="recents">
              {state.recent.map((recent) => (
                <RecentRow key={recent.path} recent={recent} onPick={() => pick(recent)} />
              ))}
            </ul>
          )}
          <footer className="start-foot">
            <span>{t('start.version', { version: state.version })}</span>
            <select
              className="start-language select"
              aria-label={t('settings.language')}
              value={language}
              onChange={(event) => setLanguage(event.target.value === 'de' ? 'de' : 'en')}
            >
              {LANGUAGES.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </footer>
        </section>
        <section className="start-main">
          <div className="start-tabs" role="tablist" aria-label={t('start.tabs')}>
            {tabs.map((tab) => (
              <button
                key={tab.mode}
                id={`start-tab-${tab.mode}`}
                type="button"
                role="tab"
                aria-selected={mode === tab.mode}
                aria-controls="start-panel"
                className="start-tab"
                data-testid={tab.testId}
                onClick={() => setMode(tab.mode)}
              >
                {tab.label}
              </button>
            ))}
          </div>
          <div id="start-panel" role="tabpanel" aria-labelledby={`start-tab-${mode}`}>
            {mode === 'restore' && <RestoreForm onOpened={onOpened} />}
            {mode === 'open' && (
              <OpenForm
                path={picked.path}
                attempt={picked.attempt}
                keychain={state.keychain}
                onOpened={onOpened}
              />
            )}
            {mode === 'create' && <CreateForm state={state} onOpened={onOpened} />}
          </div>
        </section>
      </main>
    </div>
  );
}
