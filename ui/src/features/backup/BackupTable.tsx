import { useI18n } from '@/i18n';
import type { BackupView, CheckedBackupView } from '@/ipc';
import { MomentText } from '@/shared/Dates';
import { formatSize } from '@/shared/format';
import { alone, saidText } from '@/shared/said';

interface BackupTableProps {
  backups: readonly BackupView[];
  checked: readonly CheckedBackupView[];
}

function Found({ checked }: { checked: CheckedBackupView | undefined }) {
  const i18n = useI18n();
  if (!checked) {
    return null;
  }
  if (checked.fault) {
    return <span className="backup-fault">{alone(saidText(checked.fault, i18n))}</span>;
  }
  if (checked.earlierPassphrase) {
    return i18n.t('backup.earlierPassphrase');
  }
  return i18n.t('backup.valid', { count: checked.events ?? 0 });
}

/** All backups, newest first, with what a check found. */
export function BackupTable({ backups, checked }: BackupTableProps) {
  const { t, locale } = useI18n();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
    <section className="table-scroll" tabIndex={0} aria-label={t('backup.list')}>
      <table className="table" data-testid="backup-table">
        <thead>
          <tr>
            <th>{t('backup.asOf')}</th>
            <th>{t('backup.kind')}</th>
            <th className="right">{t('backup.size')}</th>
            <th>{t('backup.found')}</th>
          </tr>
        </thead>
        <tbody>
          {backups.map((backup) => (
            <tr key={backup.path} title={backup.path} data-testid="backup-row">
              <td className="nowrap">
                <MomentText iso={backup.madeAt} />
              </td>
              <td className="nowrap">
                {backup.kind === 'full' ? t('backup.kind.full') : t('backup.kind.changes')}
              </td>
              <td className="right num nowrap">{formatSize(backup.bytes, locale)}</td>
              <td className="cell-grow">
                <Found checked={checked.find((one) => one.backup.path === backup.path)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
