import { ArchiveRestore, FolderOpen, LockOpen } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type I18n, useI18n } from '@/i18n';
import { asCommandError, type CommandError, host, type RestoredView, type WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseWorkbookPath } from '@/shared/choosePath';
import { PassphraseField, TextField } from '@/shared/Field';
import { formatMoment } from '@/shared/format';
import { FaultNotice, Notice } from '@/shared/Notice';
import { TaskProgress } from '@/shared/Parts';
import { showRefusal } from '@/shared/refusals';
import { runTask, useTask } from '@/shared/task';
import { RestoreFrom } from './RestoreFrom';

interface RestoreFormProps {
  onOpened: (workbook: WorkbookView) => void;
}

/** What at most is lost. */
function lostText({ lost, nextAt }: RestoredView, { t, locale }: I18n): string {
  const more = nextAt === null ? '' : ` ${t('restore.next', { when: formatMoment(nextAt, locale) })}`;
  if (lost === null) {
    return t('restore.lost.unknown') + more;
  }
  return (lost === 0 ? t('restore.lost.none') : t('restore.lost', { count: lost })) + more;
}

/** Makes a workbook of a backup, and says what is not in it. */
export function RestoreForm({ onOpened }: RestoreFormProps) {
  const i18n = useI18n();
  const { t, word, locale } = i18n;
  const task = useTask();
  const [from, setFrom] = useState('');
  const [point, setPoint] = useState('');
  const [out, setOut] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<CommandError | null>(null);
  const [restored, setRestored] = useState<RestoredView | null>(null);

  async function trying(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setRefusal(null);
    try {
      await work();
    } catch (fault) {
      setRefusal(asCommandError(fault));
    } finally {
      setBusy(false);
    }
  }

  function chooseFrom(next: string): void {
    setFrom(next);
    setPoint('');
  }

  const secret = passphrase === '' ? null : passphrase;

  function submit(event: FormEvent): void {
    event.preventDefault();
    void trying(async () => {
      const request = { from: point || from.trim(), out: out.trim(), passphrase: secret };
      setRestored(await runTask('restore_backup', { request }));
    });
  }

  if (restored) {
    const when = formatMoment(restored.madeAt ?? restored.newestAt, locale);
    return (
      <div className="form">
        <Notice tone="good" title={t('restore.done', { company: restored.company, when })} testId="restored">
          <p>{t('restore.events', { count: restored.events })}</p>
          <p data-testid="restored-lost">{lostText(restored, i18n)}</p>
          <p>
            <bdi>{restored.path}</bdi>
          </p>
        </Notice>
        {refusal && <FaultNotice fault={refusal} />}
        <div className="form-actions">
          <Button
            variant="primary"
            size="large"
            icon={LockOpen}
            busy={busy}
            disabled={busy}
            testId="restored-open"
            onClick={() =>
              void trying(async () => {
                const request = { path: restored.path, passphrase: secret, remember: false };
                onOpened(await host().call('open_workbook', { request }));
              })
            }
          >
            {t('start.open')}
          </Button>
        </div>
      </div>
    );
  }

  const wrong = refusal?.code === 'wrongPassphrase';
  const needed = refusal?.code === 'passphraseNeeded';
  return (
    <form className="form" onSubmit={submit} noValidate>
      <RestoreFrom from={from} onFrom={chooseFrom} point={point} onPoint={setPoint} />
      <TextField
        label={t('restore.out')}
        hint={t('restore.out.hint')}
        value={out}
        onChange={setOut}
        testId="restore-out"
        beside={
          <Button
            icon={FolderOpen}
            testId="restore-choose-out"
            onClick={() =>
              void chooseWorkbookPath(true, out)
                .then(setOut)
                .catch((fault: unknown) => showRefusal(fault, i18n))
            }
          >
            {t('action.choose')}
          </Button>
        }
      />
      <PassphraseField
        label={t('start.passphrase')}
        value={passphrase}
        onChange={setPassphrase}
        autoComplete="current-password"
        testId="restore-passphrase"
        error={wrong ? word('error', 'wrongPassphrase') : null}
        hint={t('restore.passphrase.hint')}
      />
      {needed && (
        <Notice tone="info" title={t('start.passphraseNeeded')} testId="restore-passphrase-needed" />
      )}
      {refusal && !wrong && !needed && <FaultNotice fault={refusal} />}
      {busy && task?.name === 'restore_backup' && <TaskProgress task={task} />}
      <div className="form-actions">
        <Button
          variant="primary"
          size="large"
          type="submit"
          icon={ArchiveRestore}
          busy={busy}
          disabled={busy || from.trim() === '' || out.trim() === ''}
          testId="restore-submit"
        >
          {t('restore.do')}
        </Button>
      </div>
    </form>
  );
}
