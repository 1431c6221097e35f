import type { I18n } from '@/i18n';

/** What an account is needed for, in words; a bank's account by its name. */
export function roleName(role: string, i18n: I18n, accounts: ReadonlyMap<string, string>): string {
  const { t, word } = i18n;
  const [kind, of = ''] = role.split(' ');
  switch (kind) {
    case 'cause':
      return word('cause', of);
    case 'gain':
      return t('journal.role.gain', { cause: word('cause', of) });
    case 'account':
      return accounts.get(role) ?? role;
    default:
      return word('journalRole', role);
  }
}
