import { useI18n } from '@/i18n';
import { Dialog } from '@/shared/Dialog';
import { Keys } from '@/shared/Keys';
import { type KeyBinding, useAllKeys } from '@/shared/keys';

function byGroup(bindings: KeyBinding[]): [string, KeyBinding[]][] {
  const groups = new Map<string, KeyBinding[]>();
  for (const binding of bindings.filter((candidate) => !candidate.hidden)) {
    groups.set(binding.group, [...(groups.get(binding.group) ?? []), binding]);
  }
  return [...groups];
}

/** All keys that work on this screen. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const groups = byGroup(useAllKeys());
  return (
    <Dialog title={t('keys.title')} onClose={onClose} testId="key-help">
      <div className="key-groups">
        {groups.map(([group, bindings]) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {bindings.map((binding) => (
                <li key={binding.combo}>
                  <span>{binding.label}</span>
                  <Keys combo={binding.combo} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
