import { FileKey, KeyRound, Save } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { host, type SignerView, type SigningView } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseCertificatePath } from '@/shared/choosePath';
import { DateText } from '@/shared/Dates';
import { FaultNotice, Notice } from '@/shared/Notice';
import { Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { usePermission } from '@/shared/permission';
import { SaidText } from '@/shared/SaidText';
import { showToast } from '@/shared/toasts';
import { useDoing } from '@/shared/useDoing';
import { Fingerprint, SignerTable } from './SignerTable';
import { ImportDialog, MakeDialog, RevokeDialog } from './SigningDialogs';
import { useSigning } from './useSigning';
import './signing.css';

type Asking = { what: 'import' | 'make' } | { what: 'revoke'; signer: SignerView };

function Own({ signing }: { signing: SigningView }) {
  const { t, word } = useI18n();
  const own = signing.known.find((signer) => signer.fingerprint === signing.own);
  if (signing.fault !== null) {
    return (
      <Notice tone="warning" title={t('signing.oneTime')} testId="signing-fault">
        <SaidText said={signing.fault} />
      </Notice>
    );
  }
  if (signing.own === null) {
    return <p className="panel-note">{t('signing.none', { name: signing.person })}</p>;
  }
  return (
    <>
      {own?.revokedAt != null && (
        <Notice tone="problem" title={t('signing.ownRevoked')} testId="signing-revoked" />
      )}
      <dl className="signing-own" data-testid="signing-own">
        <dt>{t('signing.name')}</dt>
        <dd>
          <bdi>{own?.name ?? signing.person}</bdi>
        </dd>
        <dt>{t('signing.fingerprint')}</dt>
        <dd>
          <Fingerprint of={signing.own} />
        </dd>
        {own && (
          <>
            <dt>{t('signing.validUntil')}</dt>
            <dd>
              <DateText iso={own.validUntil?.slice(0, 10) ?? null} />
            </dd>
            <dt>{t('signing.origin')}</dt>
            <dd>{word('signing.origin', own.origin)}</dd>
          </>
        )}
      </dl>
    </>
  );
}

/** What one signs reports with, and the certificates that the workbook knows. */
export function SigningScreen() {
  const { t } = useI18n();
  const signing = useSigning();
  const { may } = usePermission('managePeople');
  const { busy, fault, doing } = useDoing<'save'>();
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  const own = signing.data?.known.find((signer) => signer.fingerprint === signing.data.own);

  async function save(signer: SignerView): Promise<void> {
    const path = await chooseCertificatePath(`${signer.name}.cer`);
    if (path !== null) {
      await host().call('save_certificate', { fingerprint: signer.fingerprint, path });
      showToast({ tone: 'done', text: t('signing.saved', { path }) });
    }
  }

  return (
    <div className="screen" data-testid="signing">
      <ScreenHead title={t('signing.title')}>{t('signing.sub')}</ScreenHead>
      {(fault ?? signing.error) != null && <FaultNotice fault={fault ?? signing.error} />}
      {signing.data ? (
        <>
          <Panel
            title={t('signing.own')}
            aside={
              <span className="signing-actions">
                <Button
                  icon={Save}
                  disabled={!own || busy !== null}
                  onClick={() => own && void doing('save', () => save(own))}
                  testId="signing-save"
                >
                  {t('signing.save')}
                </Button>
                <Button icon={KeyRound} onClick={() => setAsking({ what: 'make' })} testId="signing-make">
                  {t('signing.make')}
                </Button>
                <Button icon={FileKey} onClick={() => setAsking({ what: 'import' })} testId="signing-import">
                  {t('signing.import')}
                </Button>
              </span>
            }
          >
            <Own signing={signing.data} />
          </Panel>
          <Panel title={t('signing.known')}>
            <p className="panel-note">{t('signing.known.text')}</p>
            {signing.data.known.length > 0 && (
              <SignerTable
                signers={signing.data.known}
                own={signing.data.own}
                onRevoke={may ? (signer) => setAsking({ what: 'revoke', signer }) : null}
                onSave={(signer) => void doing('save', () => save(signer))}
              />
            )}
          </Panel>
        </>
      ) : (
        signing.error == null && <Skeleton rows={6} height={20} />
      )}
      {asking?.what === 'import' && <ImportDialog onClose={close} />}
      {asking?.what === 'make' && <MakeDialog onClose={close} />}
      {asking?.what === 'revoke' && <RevokeDialog signer={asking.signer} onClose={close} />}
    </div>
  );
}
