import { useI18n } from '@/i18n';
import type { PolicyChangeView, PolicyVersionView } from '@/ipc';
import { MomentText } from '@/shared/Dates';
import { Badge } from '@/shared/Parts';

function Change({ change }: { change: PolicyChangeView }) {
  const { t, word } = useI18n();
  const of = change.cause ? `${word('cause', change.cause)}, ` : '';
  const said = (text: string) => (text === '' ? t('policy.nothing') : text);
  return (
    <li>
      {`${of}${word('policy.key', change.key)}: `}
      <span className="value">{said(change.before)}</span>
      {' → '}
      <span className="value">{said(change.after)}</span>
    </li>
  );
}

/** The versions, who wrote them, when, why, and what each changed. */
export function PolicyHistory({ versions }: { versions: PolicyVersionView[] }) {
  const { t } = useI18n();
  return (
    <ol className="policy-versions">
      {versions.map((version, at) => (
        <li key={version.version} className="policy-version" data-testid="policy-version">
          <p className="policy-version-head">
            <span className="policy-version-name">{t('policy.version', { version: version.version })}</span>
            {at === 0 && <Badge tone="accent">{t('policy.inForce')}</Badge>}
            <span className="muted">{version.writtenBy}</span>
            <span className="muted">
              <MomentText iso={version.writtenAt} />
            </span>
          </p>
          <p>{version.reason}</p>
          <details>
            <summary>{t('policy.changes', { count: version.changes.length })}</summary>
            <ul className="policy-changes">
              {version.changes.map((change) => (
                <Change key={`${change.cause} ${change.key}`} change={change} />
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ol>
  );
}
