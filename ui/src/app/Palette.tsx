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
import { Keys } from '@/shared/Keys';
import { useAllKeys, useModal } from '@/shared/keys';

/** Every action of this screen by name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const { contains } = useFilter({ sensitivity: 'base' });
  const bindings = useAllKeys().filter(
    (binding) => !binding.hidden && !binding.listedOnly && binding.combo !== 'Mod+K',
  );
  useModal(true);
  return (
    <ModalOverlay
      className="overlay overlay-top"
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className="modal modal-narrow">
        <PlainDialog className="dialog" aria-label={t('palette.title')} data-testid="palette">
          <Autocomplete filter={contains}>
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
              </Menu>
            </div>
          </Autocomplete>
        </PlainDialog>
      </Modal>
    </ModalOverlay>
  );
}
