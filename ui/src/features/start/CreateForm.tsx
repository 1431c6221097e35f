import { BookPlus, FolderOpen } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type I18n, useI18n } from '@/i18n';
import { type AppState, asCommandError, type CommandError, host, type WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseWorkbookPath } from '@/shared/choosePath';
import { currencyChoices, guessCurrency } from '@/shared/currencies';
import { CheckField, PassphraseField, SelectField, TextField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';
import { StrengthHint } from '@/shared/StrengthHint';
import { LENGTH_MIN } from '@/shared/strength';

interface CreateFormProps {
  state: AppState;
  onOpened: (workbook: WorkbookView) => void;
}

/** A file name that every system takes. */
export function fileNameFor(company: string): string {
  const name = company
    .trim()
    .replace(/[<>:"/\\|?*.\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return name === '' ? '' : `${name}.tieout`;
}

function pathFor(folder: string, company: string): string {
  const separator = folder.includes('\\') ? '\\' : '/';
  const name = fileNameFor(company);
  return name === '' ? '' : `${folder.replace(/[\\/]+$/, '')}${separator}${name}`;
}

interface Draft {
  company: string;
  user: string;
  currency: string;
  path: string | null;
  passphrase: string;
  again: string;
  singleUser: boolean;
  remember: boolean;
}

type Problems = Partial<Record<'company' | 'user' | 'path' | 'passphrase' | 'again', string>>;

function problemsOf(draft: Draft, path: string, { t }: I18n): Problems {
  const problems: Problems = {};
  if (draft.company.trim() === '') {
    problems.company = t('start.company.missing');
  }
  if (draft.user.trim() === '') {
    problems.user = t('start.user.missing');
  }
  if (path.trim() === '') {
    problems.path = t('start.path.missing');
  }
  if ([...draft.passphrase].length < LENGTH_MIN) {
    problems.passphrase = t('start.strength.tooShort');
  } else if (draft.passphrase !== draft.again) {
    problems.again = t('start.again.differs');
  }
  return problems;
}

/** Makes a new workbook. */
export function CreateForm({ state, onOpened }: CreateFormProps) {
  const i18n = useI18n();
  const { t, locale, word } = i18n;
  const [draft, setDraft] = useState<Draft>({
    company: '',
    user: state.suggestedUser,
    currency: guessCurrency(locale),
    path: null,
    passphrase: '',
    again: '',
    singleUser: true,
    remember: state.keychain,
  });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<CommandError | null>(null);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const path = draft.path ?? pathFor(state.defaultFolder, draft.company);
  const problems = tried ? problemsOf(draft, path, i18n) : {};

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    setRefusal(null);
    if (Object.keys(problemsOf(draft, path, i18n)).length > 0) {
      return;
    }
    const { company, user, currency, passphrase, singleUser, remember } = draft;
    setBusy(true);
    try {
      const request = {
        path,
        passphrase,
        company: company.trim(),
        user: user.trim(),
        currency,
        singleUser,
        remember,
      };
      onOpened(await host().call('create_workbook', { request }));
    } catch (fault) {
      setRefusal(asCommandError(fault));
    } finally {
      setBusy(false);
    }
  }

  const fileExists = refusal?.code === 'fileExists' ? word('error', 'fileExists') : null;
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={t('start.company')}
        value={draft.company}
        onChange={(company) => change({ company })}
        error={problems.company}
        autoFocus
        testId="create-company"
      />
      <div className="form-pair">
        <TextField
          label={t('start.user')}
          hint={t('start.user.hint')}
          value={draft.user}
          onChange={(user) => change({ user })}
          error={problems.user}
          testId="create-user"
        />
        <SelectField
          label={t('start.currency')}
          value={draft.currency}
          onChange={(currency) => change({ currency })}
          testId="create-currency"
        >
          {currencyChoices(locale).map(({ code, name }) => (
            <option key={code} value={code}>
              {`${code} · ${name}`}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        label={t('start.newPath')}
        value={path}
        onChange={(value) => change({ path: value })}
        error={problems.path ?? fileExists}
        testId="create-path"
        beside={
          <Button
            icon={FolderOpen}
            testId="create-choose"
            onClick={() =>
              void chooseWorkbookPath(true, path).then(
                (chosen) => chosen !== path && change({ path: chosen }),
              )
            }
          >
            {t('action.choose')}
          </Button>
        }
      />
      <div className="form-pair">
        <PassphraseField
          label={t('start.passphrase')}
          value={draft.passphrase}
          onChange={(passphrase) => change({ passphrase })}
          error={problems.passphrase}
          hint={<StrengthHint passphrase={draft.passphrase} />}
          autoComplete="new-password"
          testId="create-passphrase"
        />
        <PassphraseField
          label={t('start.again')}
          value={draft.again}
          onChange={(again) => change({ again })}
          error={problems.again}
          autoComplete="new-password"
          testId="create-passphrase-again"
        />
      </div>
      <CheckField
        label={t('start.singleUser')}
        hint={t('start.singleUser.hint')}
        checked={draft.singleUser}
        onChange={(singleUser) => change({ singleUser })}
        testId="create-single-user"
      />
      {state.keychain && (
        <CheckField
          label={t('start.remember')}
          checked={draft.remember}
          onChange={(remember) => change({ remember })}
          testId="create-remember"
        />
      )}
      {refusal && !fileExists && <FaultNotice fault={refusal} />}
      <div className="form-actions">
        <span className="form-note">{t('start.lossWarning')}</span>
        <Button
          variant="primary"
          size="large"
          type="submit"
          icon={BookPlus}
          busy={busy}
          disabled={busy}
          testId="create-submit"
        >
          {t('start.create')}
        </Button>
      </div>
    </form>
  );
}
