import { Ellipsis, History, Redo2, Undo2, X } from 'lucide-react';
import { Menu, MenuItem, MenuTrigger, Popover, Pressable } from 'react-aria-components';
import { useI18n } from '@/i18n';
import type { ActView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { redoTitle, undoTitle } from '@/shared/acts';
import { Button } from '@/shared/Button';
import { Keys } from '@/shared/Keys';
import { useMay, useRefuse } from '@/shared/permission';
import { refusalText } from '@/shared/refusals';
import { ACTION_NAMES, ACTIONS, type ActionName, type Possible, PRIMARY } from './actionTable';
import type { ChosenRows } from './useChosen';

interface ActionBarProps {
  possible: Possible;
  picked: boolean;
  chosen: ChosenRows;
  undoable: ActView | null;
  redoable: ActView | null;
  busy: boolean;
  onAction: (name: ActionName) => void;
  onUndo: () => void;
  onRedo: () => void;
  onHistory: () => void;
}

function Primary({ possible, picked, chosen, busy, onAction }: ActionBarProps) {
  const { t } = useI18n();
  const main = possible.approve ? 'approve' : possible.hand ? 'hand' : null;
  return PRIMARY.filter((name) => possible[name]).map((name) => {
    const { icon, key, label, testId } = ACTIONS[name];
    const other = name === 'approve' && picked && chosen.ids.size === 0;
    return (
      <Button
        key={name}
        variant={name === main ? 'primary' : 'secondary'}
        icon={icon}
        keys={key}
        disabled={busy}
        onClick={() => onAction(name)}
        testId={testId}
      >
        {t(other ? 'review.approvePicked' : label)}
      </Button>
    );
  });
}

function More({ possible, busy, onAction }: ActionBarProps) {
  const { t, word } = useI18n();
  const may = useMay();
  const refuse = useRefuse();
  const names = ACTION_NAMES.filter((name) => possible[name] && !PRIMARY.includes(name));
  if (names.length === 0) {
    return null;
  }
  return (
    <MenuTrigger>
      <Pressable isDisabled={busy}>
        <Button className="more-actions" icon={Ellipsis} disabled={busy} testId="more-actions">
          {t('review.more.actions')}
        </Button>
      </Pressable>
      <Popover className="popover" placement="top start">
        <Menu
          className="menu"
          aria-label={t('review.more.actions')}
          onAction={(key) => {
            const name = key as ActionName;
            const { needs } = ACTIONS[name];
            if (may(needs)) {
              onAction(name);
            } else {
              refuse(needs);
            }
          }}
        >
          {names.map((name) => {
            const { icon: Icon, key, label, testId, needs } = ACTIONS[name];
            const off = needs !== undefined && !may(needs);
            return (
              <MenuItem
                key={name}
                id={name}
                className={off ? 'menu-item menu-item-off' : 'menu-item'}
                aria-label={off ? `${t(label)}: ${word('permission', needs)}` : undefined}
                textValue={t(label)}
                data-testid={testId}
              >
                <Icon aria-hidden size={15} />
                <span className="menu-grow" title={off ? word('permission', needs) : undefined}>
                  {t(label)}
                </span>
                <Keys combo={key} />
              </MenuItem>
            );
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function ChosenFacts({ chosen }: { chosen: ChosenRows }) {
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <p className="chosen-facts" aria-live="polite" data-testid="chosen-facts">
      <strong>{t('review.many.chosen', { count: chosen.ids.size })}</strong>
      {chosen.fault != null && (
        <span className="chosen-fault" role="alert">
          {refusalText(chosen.fault, i18n)}
        </span>
      )}
      {chosen.facts?.totals.map((total) => (
        <Amount key={total.currency} amount={total} currency testId="chosen-sum" />
      ))}
      <Button
        variant="quiet"
        size="small"
        icon={X}
        keys="Escape"
        aria-label={t('review.many.clear')}
        title={t('review.many.clear')}
        onClick={chosen.clear}
        testId="chosen-clear"
      />
    </p>
  );
}

/** The actions with their keys; always at the same place, for the row on the bench or for the rows that are chosen. */
export function ActionBar(props: ActionBarProps) {
  const { chosen, undoable, redoable, busy } = props;
  const i18n = useI18n();
  const { t } = i18n;
  const many = chosen.ids.size > 0;
  return (
    <footer className={`actions ${many ? 'actions-many' : ''}`} data-testid="actions">
      {many && <ChosenFacts chosen={chosen} />}
      <Primary {...props} />
      <More {...props} />
      <span className="actions-gap" />
      <Button
        className="turn"
        variant="quiet"
        icon={Undo2}
        keys="z"
        disabled={busy || undoable === null}
        aria-label={t('review.undo')}
        title={undoTitle(undoable, i18n)}
        onClick={props.onUndo}
        testId="undo"
      />
      <Button
        className="turn"
        variant="quiet"
        icon={Redo2}
        keys="Shift+Z"
        disabled={busy || redoable === null}
        aria-label={t('review.redo')}
        title={redoTitle(redoable, i18n)}
        onClick={props.onRedo}
        testId="redo"
      />
      <Button
        className="turn"
        variant="quiet"
        icon={History}
        keys="y"
        aria-label={t('acts.title')}
        title={t('acts.title')}
        onClick={props.onHistory}
        testId="history-open"
      />
    </footer>
  );
}
