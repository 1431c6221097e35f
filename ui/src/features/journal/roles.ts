import type { I18n } from '@/i18n';

/** A cause in words. A write-off has none. */
export function causeName(cause: string, { t, word }: I18n): string {
  return cause === 'none' ? t('journal.role.writeOff') : word('cause', cause);
}

/** What an account is needed for, in words; a bank's account by its name. */
export function roleName(role: string, i18n: I18n, accounts: ReadonlyMap<string, string>): string {
  const { t, word } = i18n;
  const [kind, of = ''] = role.split(' ');
  switch (kind) {
    case 'cause':
      return causeName(of, i18n);
    case 'gain':
      return t('journal.role.gain', { cause: causeName(of, i18n) });
    case 'account':
      return accounts.get(role) ?? role;
    default:
      return word('journalRole', role);
  }
}
