import { FileInput, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { DraftScreen } from '@/shared/DraftScreen';
import { SelectField } from '@/shared/Field';
import { Panel } from '@/shared/Parts';
import { scrollable } from '@/shared/scrollable';
import { useLater } from '@/shared/useLater';
import { ColumnTable } from './ColumnTable';
import { NEW } from './draft';
import { LayoutForm } from './LayoutForm';
import { LayoutPreview } from './LayoutPreview';
import { type LayoutSettings, useLayoutSettings } from './useLayoutSettings';
import './journal.css';

/** Which layout is shown, and its removal, which asks once more. */
function Choice({ desk }: { desk: LayoutSettings }) {
  const { t } = useI18n();
  const { known, drafts, of = NEW, busy } = desk;
  const [removing, setRemoving] = useState<string | null>(null);
  const marked = (name: string, text: string) =>
    drafts?.has(name) ? `${text} · ${t('settings.unsaved')}` : text;
  const fresh = drafts?.get(NEW);
  return (
    <div className="journal-choice">
      <SelectField
        label={t('journal.layout')}
        value={of}
        onChange={desk.choose}
        testId="journal-layout-choice"
      >
        {known.map(({ form: { name } }) => (
          <option key={name} value={name}>
            {marked(name, name)}
          </option>
        ))}
        {fresh && <option value={NEW}>{marked(NEW, fresh.name)}</option>}
      </SelectField>
      {desk.removable && (
        <Button
          icon={Trash2}
          variant={removing === of ? 'danger' : 'secondary'}
          needs="configure"
          disabled={busy !== null}
          onClick={() => (removing === of ? void desk.remove() : setRemoving(of))}
          testId="journal-layout-remove"
        >
          {removing === of ? t('journal.layout.remove.sure', { name: of }) : t('journal.layout.remove')}
        </Button>
      )}
    </div>
  );
}

/** Layouts of journal files: their columns, and how they write dates, numbers and text. */
export function LayoutsScreen() {
  const { t } = useI18n();
  const desk = useLayoutSettings();
  const { shown, changed, busy, readyMade } = desk;
  const seen = useLater(shown, 300);
  const actions = (
    <Button
      icon={FileInput}
      needs="configure"
      disabled={busy !== null}
      onClick={() => void desk.read()}
      testId="journal-layout-open"
    >
      {t('journal.layout.open')}
    </Button>
  );
  return (
    <DraftScreen
      title={t('nav.layouts')}
      sub={t('settings.about.layouts')}
      group={t('nav.layouts')}
      testId="journal-layout"
      changed={changed}
      idle={busy === null}
      saving={busy === 'save'}
      unfit={desk.taken || desk.unnamed}
      fault={desk.fault}
      actions={actions}
      onSave={() => void desk.save()}
      onDiscard={desk.discard}
    >
      {shown && (
        <>
          <Panel>
            <Choice desk={desk} />
          </Panel>
          <Panel title={t('journal.layout.form')}>
            <LayoutForm
              layout={shown}
              nameHint={t(readyMade ? 'journal.layout.name.ready' : 'journal.layout.name.own')}
              nameError={desk.taken ? t('journal.layout.name.taken') : null}
              onChange={desk.change}
            />
          </Panel>
          <Panel title={t('journal.columns')}>
            <div ref={scrollable} className="scroll-x">
              <ColumnTable layout={shown} onChange={desk.change} />
            </div>
          </Panel>
          <Panel title={t('journal.preview')}>
            <LayoutPreview layout={seen ?? shown} through={null} path=".csv" />
          </Panel>
        </>
      )}
    </DraftScreen>
  );
}
