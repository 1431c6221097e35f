import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  Autocomplete,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  Dialog as PlainDialog,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { useI18n } from '@/i18n';
import { host, type QueueFilter, type QueueRow } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { Keys } from '@/shared/Keys';
import { useAllKeys, useOverlay } from '@/shared/keys';
import { goTo, goToSettings } from '@/shared/navigation';
import { NO_CONDITIONS, queueFocus } from '@/shared/queueChoice';
import { useLater } from '@/shared/useLater';
import { SECTION_ENTRIES } from './sections';
import { searchSettings } from './settingSearch';

const RECORDS_MAX = 8;
/** What begins the key of an entry that the palette found itself: names do not decide again. */
const FOUND = 'found ';
const SETTINGS_MAX = 6;

/** A row of the queue that contains the text, with where it stands. */
interface Found {
  row: QueueRow;
  filter: QueueFilter;
}

/** Where records are looked for: parts of the queue that together hold each row once. */
const PARTS: readonly QueueFilter[] = ['toReview', 'unmatchedEntries', 'approved', 'rejected', 'snoozed'];

/** Rows of the whole queue that contain a text, those to review first. */
async function findRecords(search: string): Promise<Found[]> {
  const parts = await Promise.all(
    PARTS.map(async (filter): Promise<Found[]> => {
      const request = { filter, search, conditions: NO_CONDITIONS, offset: 0, limit: RECORDS_MAX };
      const { rows } = await host().call('review_queue', { request });
      return rows.map((row) => ({ row, filter }));
    }),
  );
  return parts.flat().slice(0, RECORDS_MAX);
}

/** Every action of this screen by name, every setting, and every record by what stands in it. */
export function Palette({ onClose }: { onClose: () => void }) {
  const i18n = useI18n();
  const { t, word } = i18n;
  const [text, setText] = useState('');
  const searched = useLater(text.trim(), 200);
  const records = useQuery({
    queryKey: ['book', 'palette', searched],
    queryFn: () => findRecords(searched),
    enabled: searched.length > 1,
  });
  const found = searched.length > 1 && searched === text.trim() ? (records.data ?? []) : [];
  const settings = searched.length > 1 ? searchSettings(text, i18n) : [];
  const settingFields = settings
    .flatMap(({ section, fields }) => fields.map((field) => ({ section, field })))
    .slice(0, SETTINGS_MAX);
  const { contains } = useFilter({ sensitivity: 'base' });
  // What the screen offers comes first, then where one can go, and the window at the end.
  const places = [t('keys.go'), t('keys.window')];
  const bindings = useAllKeys()
    .filter((binding) => !binding.hidden && !binding.listedOnly && binding.combo !== 'Mod+K')
    .sort((left, right) => places.indexOf(left.group) - places.indexOf(right.group));
  useOverlay(onClose);
  return (
    <ModalOverlay
      className="overlay overlay-top"
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className="modal modal-narrow">
        <PlainDialog className="dialog" aria-label={t('palette.title')} data-testid="palette">
          <Autocomplete
            filter={(name, typed, node) => String(node.key).startsWith(FOUND) || contains(name, typed)}
            inputValue={text}
            onInputChange={setText}
          >
            <SearchField className="palette-field" aria-label={t('palette.title')} autoFocus>
              <Input className="palette-input" placeholder={t('palette.placeholder')} />
            </SearchField>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <div className="palette-scroll" tabIndex={0}>
              <Menu
                className="menu"
                aria-label={t('palette.title')}
                renderEmptyState={() => <p className="menu-head">{t('palette.none')}</p>}
              >
                {bindings.map((binding) => (
                  <MenuItem
                    key={`${binding.group}${binding.combo}`}
                    className="menu-item"
                    textValue={`${binding.label} ${binding.group}`}
                    isDisabled={binding.enabled === false}
                    onAction={() => {
                      onClose();
                      // After the dialog has gone and given the focus back.
                      window.setTimeout(binding.run, 0);
                    }}
                  >
                    <span className="menu-grow">
                      {binding.label} <span className="muted">{binding.group}</span>
                    </span>
                    <Keys combo={binding.combo} />
                  </MenuItem>
                ))}
                {settingFields.map(({ section, field }) => (
                  <MenuItem
                    key={`${FOUND}${section}/${field}`}
                    id={`${FOUND}${section}/${field}`}
                    className="menu-item"
                    textValue={t(field)}
                    data-testid="palette-setting"
                    onAction={() => {
                      onClose();
                      window.setTimeout(() => goToSettings(section, field), 0);
                    }}
                  >
                    <span className="menu-grow">
                      {t(field)} <span className="muted">{t(SECTION_ENTRIES[section].name)}</span>
                    </span>
                  </MenuItem>
                ))}
                {found.map(({ row, filter }) => (
                  <MenuItem
                    key={FOUND + filter + row.id}
                    id={FOUND + filter + row.id}
                    className="menu-item"
                    textValue={row.title}
                    data-testid="palette-record"
                    onAction={() => {
                      onClose();
                      const choice = { filter, search: searched, conditions: NO_CONDITIONS };
                      window.setTimeout(() => goTo('review', queueFocus(choice, row.id)), 0);
                    }}
                  >
                    <span className="menu-grow palette-record">
                      <span>
                        {row.title || row.subtitle} <span className="muted">{word('filter', filter)}</span>
                      </span>
                      <span className="muted">
                        <DateText iso={row.date} />
                        {` · ${row.subtitle}`}
                      </span>
                    </span>
                    <Amount amount={row.amount} currency />
                  </MenuItem>
                ))}
              </Menu>
            </div>
          </Autocomplete>
        </PlainDialog>
      </Modal>
    </ModalOverlay>
  );
}
