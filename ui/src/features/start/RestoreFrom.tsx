import { useQuery } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import { useI18n } from '@/i18n';
import { type BackupView, host } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseBackupPath, chooseFolderPath } from '@/shared/choosePath';
import { SelectField, TextField } from '@/shared/Field';
import { formatMoment } from '@/shared/format';
import { showRefusal } from '@/shared/refusals';
import { useLater } from '@/shared/useLater';

interface RestoreFromProps {
  from: string;
  onFrom: (from: string) => void;
  /** The backup that was chosen of those that lie there; empty: the newest, or the file itself. */
  point: string;
  onPoint: (point: string) => void;
}

/** Long enough for whoever types a path to have ended. */
const SETTLED_MS = 400;

/** The name of the folder that a backup lies in. */
function folderName({ path }: BackupView): string {
  return path.split(/[\\/]/).at(-2) ?? '';
}

/** Which backup is restored: a file, or one of those in a folder. */
export function RestoreFrom({ from, onFrom, point, onPoint }: RestoreFromProps) {
  const i18n = useI18n();
  const { t, locale } = i18n;
  const place = useLater(from.trim(), SETTLED_MS);
  const points = useQuery({
    queryKey: ['restore-points', place],
    // A path that is not whole yet leads nowhere: there is nothing to choose.
    queryFn: () =>
      host()
        .call('restore_points', { from: place })
        .catch((): BackupView[] => []),
    enabled: place !== '' && !place.match(/\.tieout-(backup|changes)$/),
    gcTime: 0,
  });
  const there = points.data ?? [];
  const severalFolders = new Set(there.map(folderName)).size > 1;

  function choose(asked: Promise<string | null>): void {
    asked.then((chosen) => chosen && onFrom(chosen)).catch((refusal: unknown) => showRefusal(refusal, i18n));
  }

  return (
    <>
      <TextField
        label={t('restore.from')}
        hint={t('restore.from.hint')}
        value={from}
        onChange={onFrom}
        testId="restore-from"
        beside={
          <>
            <Button
              icon={FolderOpen}
              testId="restore-choose-folder"
              onClick={() => choose(chooseFolderPath(from))}
            >
              {t('restore.folder')}
            </Button>
            <Button testId="restore-choose" onClick={() => choose(chooseBackupPath(from))}>
              {t('restore.file')}
            </Button>
          </>
        }
      />
      {there.length > 0 && (
        <SelectField
          label={t('restore.asOf')}
          hint={t('restore.asOf.hint')}
          value={point}
          onChange={onPoint}
          testId="restore-point"
        >
          <option value="">{t('restore.newest')}</option>
          {there.map((backup) => (
            <option key={backup.path} value={backup.path}>
              {formatMoment(backup.madeAt, locale)}
              {severalFolders && ` · ${folderName(backup)}`}
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
}
