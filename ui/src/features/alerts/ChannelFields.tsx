import { Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { LANGUAGES, useI18n } from '@/i18n';
import type { AlertSettingsView, AlertTestView } from '@/ipc';
import { Button } from '@/shared/Button';
import { CheckField, PassphraseField, SelectField, TextField } from '@/shared/Field';
import { Notice } from '@/shared/Notice';
import { SaidText } from '@/shared/SaidText';
import { WholeField } from '@/shared/WholeField';
import type { AlertDraft, Secret } from './draft';
import type { Channel } from './useAlertSettings';

interface ChannelFieldsProps {
  draft: AlertDraft;
  changed: boolean;
  busy: string | null;
  tests: Partial<Record<Channel, AlertTestView>>;
  onChange: (part: Partial<AlertSettingsView>) => void;
  onEnter: (part: Partial<Pick<AlertDraft, 'password' | 'url'>>) => void;
  onForget: (secret: Secret, forgotten: boolean) => void;
  onTest: (channel: Channel) => void;
}

/** Takes a secret out of the keychain with the next saving. */
function Forget({
  secret,
  draft,
  onForget,
}: Pick<ChannelFieldsProps, 'draft' | 'onForget'> & { secret: Secret }) {
  const { t } = useI18n();
  return (
    <CheckField
      label={t(secret === 'password' ? 'alertSet.password.forget' : 'alertSet.url.forget')}
      checked={draft.forget.includes(secret) && draft[secret] === ''}
      disabled={draft[secret] !== ''}
      onChange={(forgotten) => onForget(secret, forgotten)}
      testId={`alert-forget-${secret}`}
    />
  );
}

function TestRow({
  channel,
  ready,
  ...props
}: { channel: Channel; ready: boolean } & Omit<
  ChannelFieldsProps,
  'draft' | 'onChange' | 'onEnter' | 'onForget'
>) {
  const { t, word } = useI18n();
  const result = props.tests[channel];
  return (
    <div className="alert-wide alert-test">
      <Button
        icon={Send}
        needs="configure"
        busy={props.busy === channel}
        disabled={props.busy !== null || props.changed || !ready}
        title={props.changed ? t('alertSet.test.saveFirst') : undefined}
        onClick={() => props.onTest(channel)}
        testId={`alert-test-${channel}`}
      >
        {t('alertSet.test')}
      </Button>
      {props.changed && ready && <span className="muted">{t('alertSet.test.saveFirst')}</span>}
      {result && !props.changed && (
        <Notice
          tone={result.delivered ? 'good' : 'problem'}
          title={result.delivered ? t('alertSet.test.done') : word('alertFault', result.fault)}
          testId={`alert-tested-${channel}`}
        >
          {!result.delivered && <SaidText said={result.said} />}
        </Notice>
      )}
    </div>
  );
}

function EmailFields(props: ChannelFieldsProps) {
  const { t, word } = useI18n();
  const { settings, password } = props.draft;
  const { onChange } = props;
  const text = (key: 'smtpHost' | 'smtpUser' | 'from' | 'certificate', label: string, hint?: ReactNode) => (
    <TextField
      label={label}
      hint={hint}
      value={settings[key]}
      onChange={(value) => onChange({ [key]: value })}
      testId={`alert-${key}`}
    />
  );
  return (
    <div className="alert-form">
      {text('smtpHost', t('alertSet.host'))}
      <WholeField
        label={t('alertSet.port')}
        value={settings.smtpPort === 0 ? null : settings.smtpPort}
        least={1}
        most={65_535}
        optional
        onChange={(port) => onChange({ smtpPort: port ?? 0 })}
        testId="alert-smtpPort"
      />
      <SelectField
        label={t('alertSet.security')}
        value={settings.smtpSecurity}
        onChange={(smtpSecurity) => onChange({ smtpSecurity })}
        testId="alert-smtpSecurity"
      >
        {['starttls', 'tls', 'plain'].map((kind) => (
          <option key={kind} value={kind}>
            {word('alertSet.security', kind)}
          </option>
        ))}
      </SelectField>
      {text('smtpUser', t('alertSet.user'), t('alertSet.user.hint'))}
      <PassphraseField
        label={t('alertSet.password')}
        hint={t('alertSet.password.hint')}
        value={password}
        onChange={(value) => props.onEnter({ password: value })}
        testId="alert-password"
      />
      <Forget secret="password" draft={props.draft} onForget={props.onForget} />
      {text('from', t('alertSet.from'))}
      <TextField
        label={t('alertSet.to')}
        hint={t('alertSet.to.hint')}
        value={settings.to.join(',')}
        onChange={(value) => onChange({ to: value === '' ? [] : value.split(',') })}
        testId="alert-to"
      />
      {text('certificate', t('alertSet.certificate'), t('alertSet.certificate.hint'))}
      <TestRow {...props} channel="email" ready={settings.smtpHost !== '' && settings.to.length > 0} />
    </div>
  );
}

function WebhookFields(props: ChannelFieldsProps) {
  const { t } = useI18n();
  const { settings, url } = props.draft;
  const kept = settings.webhookHost !== '';
  return (
    <div className="alert-form">
      <div className="alert-wide">
        <PassphraseField
          label={t('alertSet.url')}
          hint={kept ? t('alertSet.url.kept', { host: settings.webhookHost }) : t('alertSet.url.hint')}
          value={url}
          onChange={(value) => props.onEnter({ url: value })}
          testId="alert-url"
        />
        {kept && <Forget secret="url" draft={props.draft} onForget={props.onForget} />}
      </div>
      <TestRow {...props} channel="webhook" ready={kept || url !== ''} />
    </div>
  );
}

/** Where alerts go besides the app. */
export function ChannelFields(props: ChannelFieldsProps) {
  const { t } = useI18n();
  const { settings } = props.draft;
  return (
    <div className="alert-channels">
      <CheckField
        label={t('alertSet.email')}
        checked={settings.email}
        onChange={(email) => props.onChange({ email })}
        testId="alert-email"
      />
      {settings.email && <EmailFields {...props} />}
      <CheckField
        label={t('alertSet.webhook')}
        checked={settings.webhook}
        onChange={(webhook) => props.onChange({ webhook })}
        testId="alert-webhook"
      />
      {settings.webhook && <WebhookFields {...props} />}
      {(settings.email || settings.webhook) && (
        <div className="alert-form">
          <SelectField
            label={t('alertSet.language')}
            value={settings.language}
            onChange={(language) => props.onChange({ language })}
            testId="alert-language"
          >
            {LANGUAGES.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </SelectField>
          <div className="alert-wide">
            <CheckField
              label={t('alertSet.allowPlain')}
              hint={t('alertSet.allowPlain.hint')}
              checked={settings.allowPlain}
              onChange={(allowPlain) => props.onChange({ allowPlain })}
              testId="alert-allowPlain"
            />
          </div>
        </div>
      )}
    </div>
  );
}
