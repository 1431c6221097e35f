import { Ban, CircleCheck, Download } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { SignerView } from '@/ipc';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { Badge } from '@/shared/Parts';

interface SignerTableProps {
  signers: readonly SignerView[];
  own: string | null;
  /** Left out for whoever may not. */
  onRevoke: ((signer: SignerView) => void) | null;
  onSave: (signer: SignerView) => void;
}

function Standing({ signer }: { signer: SignerView }) {
  const { t } = useI18n();
  if (signer.revokedAt === null) {
    return (
      <Badge tone="good" icon={CircleCheck}>
        {t('signing.holds')}
      </Badge>
    );
  }
  return (
    <div className="signer-revoked">
      <Badge tone="problem" icon={Ban}>
        {t('signing.revoked')}
      </Badge>
      <span className="muted">
        <DateText iso={signer.revokedAt.slice(0, 10)} /> <bdi>{signer.reason}</bdi>
      </span>
    </div>
  );
}

/** A fingerprint in groups, so that it can be compared by reading it out. */
export function Fingerprint({ of }: { of: string }) {
  return <code className="mono signer-fingerprint">{of.match(/.{1,8}/g)?.join(' ') ?? of}</code>;
}

/** The certificates that reports of the workbook were signed with. */
export function SignerTable({ signers, own, onRevoke, onSave }: SignerTableProps) {
  const { t, word } = useI18n();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
    <section className="scroll-x" tabIndex={0} aria-label={t('signing.known')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('signing.name')}</th>
            <th scope="col">{t('signing.origin')}</th>
            <th scope="col">{t('signing.fingerprint')}</th>
            <th scope="col">{t('signing.validUntil')}</th>
            <th scope="col">{t('signing.standing')}</th>
            <th scope="col">
              <span className="sr-only">{t('people.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {signers.map((signer) => (
            <tr key={signer.fingerprint} data-testid="signer-row">
              <td>
                <bdi>{signer.name}</bdi>{' '}
                {signer.fingerprint === own && <Badge tone="accent">{t('people.me')}</Badge>}
                {signer.person !== signer.name && (
                  <div className="muted">
                    <bdi>{signer.person}</bdi>
                  </div>
                )}
              </td>
              <td className="nowrap">{word('signing.origin', signer.origin)}</td>
              <td>
                <Fingerprint of={signer.fingerprint} />
              </td>
              <td className="nowrap">
                <DateText iso={signer.validUntil?.slice(0, 10) ?? null} />
              </td>
              <td>
                <Standing signer={signer} />
              </td>
              <td className="right nowrap">
                <Button
                  size="small"
                  variant="quiet"
                  icon={Download}
                  aria-label={t('signing.save.of', { name: signer.name })}
                  title={t('signing.save')}
                  onClick={() => onSave(signer)}
                  testId="signer-save"
                />
                {onRevoke && signer.revokedAt === null && (
                  <Button
                    size="small"
                    variant="quiet"
                    icon={Ban}
                    aria-label={t('signing.revoke.title', { name: signer.name })}
                    title={t('signing.revoke')}
                    onClick={() => onRevoke(signer)}
                    testId="signer-revoke"
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
