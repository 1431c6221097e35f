import { useQuery } from '@tanstack/react-query';
import { FileSignature, Folder, FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useI18n } from '@/i18n';
import { asCommandError, type ExportedReport, type ExportReportRequest, host } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseReportPath } from '@/shared/choosePath';
import { TextField } from '@/shared/Field';
import { useKeys } from '@/shared/keys';
import { FaultNotice, Notice } from '@/shared/Notice';
import { Panel } from '@/shared/Parts';
import { KEYS, useRefreshBook } from '@/shared/queries';
import { LayoutFields, useReportLayout } from './reportLayout';

function Exported({ report }: { report: ExportedReport }) {
  const { t } = useI18n();
  return (
    <Notice
      tone={report.verified ? 'good' : 'problem'}
      title={t(report.verified ? 'report.done' : 'report.notVerified', { count: report.pages })}
      testId="export-result"
      actions={
        <Button
          size="small"
          icon={Folder}
          testId="reveal"
          onClick={() => void host().call('reveal', { path: report.path })}
        >
          {t('report.reveal')}
        </Button>
      }
    >
      <dl className="signature">
        <dt>{t('report.path')}</dt>
        <dd data-testid="exported-path">{report.path}</dd>
        <dt>{t('report.signer')}</dt>
        <dd data-testid="exported-signer">{report.signer}</dd>
        <dt>{t('report.fingerprint')}</dt>
        <dd className="mono">{report.certificateFingerprint}</dd>
        <dt>{t('report.hash')}</dt>
        <dd className="mono">{report.fileHash}</dd>
      </dl>
      {report.oneTimeIdentity && <p className="signature-note">{t('report.oneTime')}</p>}
    </Notice>
  );
}

interface ExportPanelProps extends Pick<ExportReportRequest, 'accountId' | 'from' | 'to'> {
  /** The days on the screen are not those that are typed. */
  off?: boolean;
}

/** Writes the signed report. */
export function ExportPanel({ accountId, from, to, off = false }: ExportPanelProps) {
  const { t } = useI18n();
  const refresh = useRefreshBook();
  const [path, setPath] = useState<string | null>(null);
  const [layout, setLayout] = useReportLayout();
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<ExportedReport | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const proposed = useQuery({
    queryKey: [...KEYS.proof, 'path', accountId],
    queryFn: () => host().call('proposed_report_path', { accountId }),
  });
  const target = path ?? proposed.data?.path ?? '';

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was written belongs to the account and days it was written for
  useEffect(() => {
    setPath(null);
    setReport(null);
    setFault(null);
  }, [accountId, from, to]);

  async function write(): Promise<void> {
    setBusy(true);
    setFault(null);
    setReport(null);
    try {
      const file = target.trim() === '' ? null : target.trim();
      const request = { accountId, from, to, path: file, ...layout };
      setReport(await host().call('export_report', { request }));
      await refresh();
    } catch (refusal) {
      if (asCommandError(refusal).code !== 'cancelled') {
        setFault(refusal);
      }
    } finally {
      setBusy(false);
    }
  }

  useKeys([
    {
      combo: 'e',
      label: t('report.export'),
      group: t('nav.proof'),
      run: () => void write(),
      enabled: !busy && !off,
    },
  ]);

  return (
    <Panel title={t('report.title')}>
      <p className="prose">{t('report.text')}</p>
      <LayoutFields layout={layout} onChange={setLayout} />
      <div className="export">
        <TextField
          label={t('report.to')}
          value={target}
          onChange={setPath}
          testId="export-path"
          beside={
            <Button
              icon={FolderOpen}
              testId="export-choose"
              onClick={() => void chooseReportPath(target).then(setPath)}
            >
              {t('action.choose')}
            </Button>
          }
        />
        <Button
          variant="primary"
          icon={FileSignature}
          keys="e"
          busy={busy}
          disabled={busy || off}
          onClick={() => void write()}
          testId="export-report"
        >
          {t('report.export')}
        </Button>
      </div>
      {fault !== null && <FaultNotice fault={fault} />}
      {report && <Exported report={report} />}
    </Panel>
  );
}
