import { ArrowRight } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { AccountView, WaitingFile } from '@/ipc';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { addPath } from '@/shared/inbox';
import { goTo } from '@/shared/navigation';
import { Badge, Panel } from '@/shared/Parts';

/** Files that lie ready beside the workbook. */
export function WaitingFiles({ files }: { files: WaitingFile[] }) {
  const { t, word } = useI18n();
  if (files.length === 0) {
    return null;
  }
  return (
    <Panel title={t('import.waiting')} flush testId="waiting-files">
      <ul className="rows">
        {files.map((file) => (
          <li key={file.path} className="row">
            <span className="row-main" title={file.path}>
              {file.name}
            </span>
            <Badge tone="neutral">{word('side', file.side)}</Badge>
            <Button
              size="small"
              icon={ArrowRight}
              needs="import"
              testId="waiting-import"
              onClick={() => {
                addPath(file.path, file.name, file.side);
                goTo('import');
              }}
            >
              {t('import.look')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The accounts and the days they cover. */
export function Accounts({ accounts }: { accounts: AccountView[] }) {
  const { t } = useI18n();
  if (accounts.length === 0) {
    return null;
  }
  return (
    <Panel title={t('overview.accounts')} flush>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('field.account')}</th>
            <th scope="col">{t('overview.accounts.days')}</th>
            <th scope="col">
              <span className="sr-only">{t('nav.proof')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.id}>
              <td className="cell-grow">
                <strong className="account-name">{account.name}</strong>
                <span className="account-note">
                  {account.currency} {'·'} {t('overview.accounts.lines', { count: account.lines })}
                </span>
              </td>
              <td className="nowrap">
                <DateText iso={account.firstDate} /> {'–'} <DateText iso={account.lastDate} />
              </td>
              <td className="right">
                <Button size="small" variant="quiet" onClick={() => goTo('proof', account.id)}>
                  {t('overview.accounts.proof')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
