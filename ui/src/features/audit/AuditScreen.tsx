import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, FileUp, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type AuditEventView, host, type VerificationView } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseAuditPath } from '@/shared/choosePath';
import { MomentText } from '@/shared/Dates';
import { EventDetails, subjectText } from '@/shared/events';
import { formatCount } from '@/shared/format';
import { useKeys } from '@/shared/keys';
import { FaultNotice, Notice } from '@/shared/Notice';
import { Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';
import { SaidText } from '@/shared/SaidText';
import { showToast } from '@/shared/toasts';
import { useLater } from '@/shared/useLater';
import { ALL_EVENTS, AuditFilter } from './AuditFilter';
import './audit.css';

const PAGE_ROWS = 50;
/** Typing is over when nothing more comes for so long. */
const TYPED_MS = 250;

function EventRow({ event }: { event: AuditEventView }) {
  const i18n = useI18n();
  const named = i18n.word('event', event.action);
  const subject = subjectText(event.subject, i18n);
  return (
    <tr data-testid="audit-row" data-action={event.action}>
      <td className="right num muted">{event.sequence}</td>
      <td className="nowrap">
        <MomentText iso={event.at} />
      </td>
      <td className="nowrap" title={event.machine === '' ? undefined : event.machine}>
        {event.actor}
        {event.machine !== '' && <span className="audit-machine muted">{event.machine}</span>}
      </td>
      <td>
        <strong className="audit-action" title={event.action}>
          {named}
        </strong>
      </td>
      <td className="audit-what">
        {event.details === '' || event.details === '{}' ? (
          <span className="audit-subject">{subject}</span>
        ) : (
          <details>
            <summary className="audit-subject">{subject}</summary>
            <EventDetails details={event.details} />
          </details>
        )}
      </td>
      <td className="mono muted" title={event.hash}>
        {event.hash.slice(0, 12)}
      </td>
    </tr>
  );
}

function Findings({ result }: { result: VerificationView }) {
  const { t } = useI18n();
  return (
    <Notice
      tone={result.valid ? 'good' : 'problem'}
      title={t(result.valid ? 'audit.valid' : 'audit.invalid')}
      testId="verify-result"
    >
      <ul className="plain-list">
        {result.said.map((finding) => (
          <li key={finding.english}>
            <SaidText said={finding} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Everything that ever changed, newest first, and the proof that nothing was altered. */
export function AuditScreen() {
  const { t, locale } = useI18n();
  const [offset, setOffset] = useState(0);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<VerificationView | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [wanted, setWanted] = useState(ALL_EVENTS);
  const search = useLater(wanted, TYPED_MS);
  const page = useQuery({
    queryKey: [...KEYS.audit, offset, search],
    queryFn: () => host().call('audit_log', { offset, limit: PAGE_ROWS, search }),
    placeholderData: keepPreviousData,
  });
  const total = page.data?.total ?? 0;
  const shown = page.data?.events.length ?? 0;
  const older = offset + PAGE_ROWS < total;

  async function verify(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      setResult(await host().call('verify_workbook', {}));
    } catch (refusal) {
      setFault(refusal);
    } finally {
      setBusy(false);
    }
  }

  async function exportLog(): Promise<void> {
    setFault(null);
    try {
      const path = await chooseAuditPath('audit-log.jsonl');
      if (path !== null) {
        const count = await host().call('export_audit_log', { path });
        showToast({ tone: 'done', text: t('audit.exported', { count, path }) });
        await page.refetch();
      }
    } catch (refusal) {
      setFault(refusal);
    }
  }

  const group = t('nav.audit');
  useKeys([
    { combo: 'v', label: t('audit.verify'), group, run: () => void verify(), enabled: !busy },
    { combo: 'j', label: t('audit.older'), group, run: () => setOffset(offset + PAGE_ROWS), enabled: older },
    {
      combo: 'k',
      label: t('audit.newer'),
      group,
      run: () => setOffset(Math.max(0, offset - PAGE_ROWS)),
      enabled: offset > 0,
    },
  ]);

  return (
    <div className="screen">
      <ScreenHead
        title={t('audit.title')}
        actions={
          <>
            <Button icon={FileUp} onClick={() => void exportLog()} testId="audit-export">
              {t('audit.export')}
            </Button>
            <Button
              variant="primary"
              icon={ShieldCheck}
              keys="v"
              busy={busy}
              disabled={busy}
              onClick={() => void verify()}
              testId="verify"
            >
              {t('audit.verify')}
            </Button>
          </>
        }
      >
        {t('audit.sub')}
      </ScreenHead>
      {fault !== null && <FaultNotice fault={fault} />}
      {result && <Findings result={result} />}
      {page.error && <FaultNotice fault={page.error} />}
      <Panel flush>
        <AuditFilter
          wanted={wanted}
          onChange={(changed) => {
            setWanted(changed);
            setOffset(0);
          }}
        />
        {page.data?.total === 0 ? (
          <p className="panel-pad muted" data-testid="audit-none">
            {t('audit.none')}
          </p>
        ) : page.data ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
          <section className="scroll-x" tabIndex={0} aria-label={t('audit.title')}>
            <table className="table audit">
              <thead>
                <tr>
                  <th scope="col" className="right">
                    {t('audit.number')}
                  </th>
                  <th scope="col">{t('audit.when')}</th>
                  <th scope="col">{t('audit.who')}</th>
                  <th scope="col">{t('audit.action')}</th>
                  <th scope="col">{t('audit.subject')}</th>
                  <th scope="col">{t('audit.hash')}</th>
                </tr>
              </thead>
              <tbody>
                {page.data.events.map((event) => (
                  <EventRow key={event.sequence} event={event} />
                ))}
              </tbody>
            </table>
          </section>
        ) : (
          <div className="panel-pad">
            <Skeleton rows={12} height={20} />
          </div>
        )}
        <footer className="pager">
          <span className="muted num" data-testid="audit-total">
            {total > 0 &&
              t('audit.range', {
                from: formatCount(offset + 1, locale),
                to: formatCount(offset + shown, locale),
                of: formatCount(total, locale),
              })}
          </span>
          <Button
            size="small"
            icon={ChevronLeft}
            disabled={offset === 0}
            onClick={() => setOffset(Math.max(0, offset - PAGE_ROWS))}
            testId="audit-newer"
          >
            {t('audit.newer')}
          </Button>
          <Button
            size="small"
            icon={ChevronRight}
            disabled={!older}
            onClick={() => setOffset(offset + PAGE_ROWS)}
            testId="audit-older"
          >
            {t('audit.older')}
          </Button>
        </footer>
      </Panel>
    </div>
  );
}
