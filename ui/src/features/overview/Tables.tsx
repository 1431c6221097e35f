import { useQuery } from '@tanstack/react-query';
import { ArrowRight, CircleCheck, CircleX, Clock } from 'lucide-react';
import { useI18n } from '@/i18n';
import { type AccountView, host, type WaitingFile } from '@/ipc';
import { Button } from '@/shared/Button';
import { DateText, MomentText } from '@/shared/Dates';
import { formatCount } from '@/shared/format';
import { addPath } from '@/shared/inbox';
import { goTo } from '@/shared/navigation';
import { Badge, Panel, Skeleton } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';

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

const STATES = {
  completed: { tone: 'good', icon: CircleCheck },
  failed: { tone: 'problem', icon: CircleX },
} as const;

/** Files taken in, newest first. */
export function Batches() {
  const { t, word, locale } = useI18n();
  const batches = useQuery({ queryKey: KEYS.batches, queryFn: () => host().call('list_batches', {}) });
  if (batches.data?.length === 0) {
    return null;
  }
  return (
    <Panel title={t('overview.batches')} flush testId="batches">
      {batches.data === undefined ? (
        <div className="panel-pad">
          <Skeleton rows={3} />
        </div>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('overview.batch.file')}</th>
              <th scope="col">{t('overview.batch.side')}</th>
              <th scope="col">{t('overview.batch.state')}</th>
              <th scope="col" className="right">
                {t('overview.batch.added')}
              </th>
              <th scope="col" className="right">
                {t('overview.batch.duplicates')}
              </th>
              <th scope="col" className="right">
                {t('overview.batch.rejected')}
              </th>
              <th scope="col">{t('overview.batch.when')}</th>
            </tr>
          </thead>
          <tbody>
            {batches.data.map((batch) => {
              const state =
                batch.state === 'completed' || batch.state === 'failed' ? STATES[batch.state] : null;
              return (
                <tr key={batch.id} data-testid="batch-row">
                  <td className="cell-clip" title={`SHA-256 ${batch.fileHash}`}>
                    {batch.fileName}
                  </td>
                  <td className="nowrap">{batch.account ?? word('side', batch.side)}</td>
                  <td>
                    <Badge tone={state?.tone ?? 'neutral'} icon={state?.icon ?? Clock}>
                      {word('batch', batch.state)}
                    </Badge>
                  </td>
                  <td className="right num">{formatCount(batch.added, locale)}</td>
                  <td className="right num muted">
                    {batch.duplicates === 0 ? '–' : formatCount(batch.duplicates, locale)}
                  </td>
                  <td className="right num muted">
                    {batch.rejected === 0 ? '–' : formatCount(batch.rejected, locale)}
                  </td>
                  <td className="nowrap muted">
                    <MomentText iso={batch.at} /> {'·'} {batch.by}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
