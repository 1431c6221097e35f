/** What the person at work may do by their role, so that a screen says so before the host would have to refuse. */

import { useI18n } from '@/i18n';
import { usePresence } from './presence';
import { showToast } from './toasts';

/** What is not everybody's. To decide on matches and records is: every role may. */
export type Permission = 'import' | 'prepare' | 'signOff' | 'configure' | 'managePeople';

/** The roles that may, as the host has it (`Role::may`). */
export const ROLES_OF: Record<Permission, readonly string[]> = {
  import: ['preparer', 'admin'],
  prepare: ['preparer', 'admin'],
  signOff: ['reviewer', 'admin'],
  configure: ['admin'],
  managePeople: ['admin'],
};

/** Whether the person at work may. While nobody is known to be, it is left to the host. */
export function usePermission(permission: Permission | undefined): {
  may: boolean;
  /** Why not, for the title of what is off. */
  why: string | undefined;
} {
  const { person } = usePresence();
  const { word } = useI18n();
  const may = permission === undefined || person === null || ROLES_OF[permission].includes(person.role);
  return { may, why: may || permission === undefined ? undefined : word('permission', permission) };
}

/** Says at the window's edge who may what the person at work may not. */
export function useRefuse(): (permission: Permission | undefined) => void {
  const { word } = useI18n();
  return (permission) => {
    if (permission !== undefined) {
      showToast({ tone: 'notice', text: word('permission', permission) });
    }
  };
}

/** {@link usePermission}, for several at once. */
export function useMay(): (permission: Permission | undefined) => boolean {
  const { person } = usePresence();
  return (permission) =>
    permission === undefined || person === null || ROLES_OF[permission].includes(person.role);
}
