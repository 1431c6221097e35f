import { FlaskConical, Plus, Workflow } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { DraftScreen } from '@/shared/DraftScreen';
import { useKeys } from '@/shared/keys';
import { Empty, Panel } from '@/shared/Parts';
import { ConfigForm } from './ConfigForm';
import { FiguresForm } from './FiguresForm';
import { RuleDialog } from './RuleDialog';
import { RuleList } from './RuleList';
import { blankRule } from './rules';
import { TrialSummary } from './TrialResult';
import { useMatchingSettings } from './useMatchingSettings';
import './matching-settings.css';

/** What runs are told: tolerance, approval, groups, currency, and rules that are tried before they are switched on. */
export function MatchingSettingsScreen() {
  const { t } = useI18n();
  const desk = useMatchingSettings();
  const { settings, config, changed, busy, fault, trial } = desk;
  const [editing, setEditing] = useState<number | null>(null);
  const rules = config?.rules ?? [];
  const add = () => setEditing(rules.length);
  const canTry = busy === null && rules.length > 0;

  const group = t('nav.matching');
  useKeys([
    { combo: 'n', label: t('rules.add'), group, run: add, enabled: config !== undefined },
    { combo: 't', label: t('rules.try'), group, run: () => void desk.tryAll(), enabled: canTry },
  ]);

  return (
    <DraftScreen
      title={t('matching.title')}
      sub={t('matching.sub')}
      group={group}
      testId="matching"
      changed={changed}
      idle={busy === null}
      saving={busy === 'save'}
      fault={fault ?? settings.error}
      onSave={() => void desk.save()}
      onDiscard={desk.discard}
    >
      {config && settings.data && (
        <>
          <Panel title={t('matching.general')}>
            <ConfigForm
              config={config}
              profiles={settings.data.profiles}
              keptRates={settings.data.keptRates}
              onChange={desk.change}
            />
          </Panel>
          <Panel
            title={t('rules.title')}
            flush
            testId="rules"
            aside={
              <span className="rules-actions">
                <Button
                  size="small"
                  icon={FlaskConical}
                  keys="t"
                  busy={busy === 'try'}
                  disabled={!canTry}
                  onClick={() => void desk.tryAll()}
                  testId="rules-try"
                >
                  {t('rules.try')}
                </Button>
                <Button size="small" icon={Plus} keys="n" onClick={add} testId="rules-add">
                  {t('rules.add')}
                </Button>
              </span>
            }
          >
            {rules.length === 0 ? (
              <Empty icon={Workflow} title={t('rules.none')} testId="rules-none">
                {t('rules.none.text')}
              </Empty>
            ) : (
              <RuleList
                rules={rules}
                triedOf={desk.triedOf}
                onEdit={setEditing}
                onMove={desk.move}
                onChange={(next) => desk.change({ rules: next })}
              />
            )}
            {trial && rules.length > 0 && <TrialSummary trial={trial} />}
          </Panel>
          <Panel title={t('matching.figures')}>
            <FiguresForm figures={config.figures} onChange={(figures) => desk.change({ figures })} />
          </Panel>
          {editing !== null && (
            <RuleDialog
              rule={rules[editing] ?? blankRule()}
              isNew={editing >= rules.length}
              words={settings.data}
              onClose={() => setEditing(null)}
              onKeep={async (rule) => {
                await desk.keepRule(rule, editing);
                setEditing(null);
              }}
            />
          )}
        </>
      )}
    </DraftScreen>
  );
}
