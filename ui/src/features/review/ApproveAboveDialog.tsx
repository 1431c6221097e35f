import { useQuery } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type ApproveAboveView, asCommandError, host } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { SelectField } from '@/shared/Field';
import { formatCount, formatDecimal } from '@/shared/format';
import { FaultNotice, Notice } from '@/shared/Notice';
import { KEYS } from '@/shared/queries';

const LEVELS = ['99.9', '99.5', '99.0', '98.0', '95.0', '90.0', '80.0'] as const;

interface ApproveAboveDialogProps {
  onClose: () => void;
  onDone: (done: ApproveAboveView) => void;
}

/** Approves all proposals above a confidence, after count and sum were shown. */
export function ApproveAboveDialog({ onClose, onDone }: ApproveAboveDialogProps) {
  const { t, locale } = useI18n();
  const [confidence, setConfidence] = useState<string>('99.0');
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const shown = useQuery({
    queryKey: [...KEYS.above, confidence],
    queryFn: () =>
      host().call('approve_above', { request: { confidence, execute: false, expectedCount: null } }),
    staleTime: 0,
  });
  const count = shown.data?.count ?? 0;

  async function approve(): Promise<void> {
    setBusy(true);
    setStale(false);
    setFault(null);
    try {
      onDone(
        await host().call('approve_above', { request: { confidence, execute: true, expectedCount: count } }),
      );
    } catch (refusal) {
      if (asCommandError(refusal).code === 'stale') {
        setStale(true);
        await shown.refetch();
      } else {
        setFault(refusal);
      }
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t('review.above.title')}
      width="narrow"
      onClose={onClose}
      testId="approve-above-dialog"
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            icon={ListChecks}
            busy={busy}
            disabled={busy || shown.data === undefined || count === 0}
            onClick={() => void approve()}
            testId="approve-above-confirm"
          >
            {t('review.above.do', { count })}
          </Button>
        </>
      }
    >
      <p className="prose">{t('review.above.text')}</p>
      <SelectField
        label={t('review.above.least')}
        value={confidence}
        onChange={setConfidence}
        testId="approve-above-confidence"
      >
        {LEVELS.map((level) => (
          <option key={level} value={level}>
            {`${formatDecimal(level, locale)} %`}
          </option>
        ))}
      </SelectField>
      {stale && <Notice tone="warning" title={t('review.above.stale')} />}
      {(fault ?? shown.error) != null && <FaultNotice fault={fault ?? shown.error} />}
      <dl className="above-figures" aria-live="polite">
        <div>
          <dt>{t('review.above.count')}</dt>
          <dd className="num" data-testid="approve-above-count">
            {shown.data ? formatCount(count, locale) : '…'}
          </dd>
        </div>
        <div>
          <dt>{t('review.above.sum')}</dt>
          <dd data-testid="approve-above-sum">
            {shown.data?.totals.map((total) => (
              <Amount key={total.currency} amount={total} currency />
            ))}
            {shown.data?.totals.length === 0 && '–'}
          </dd>
        </div>
        <div>
          <dt>{t('review.above.differences')}</dt>
          <dd>
            {shown.data?.differences.map((total) => (
              <Amount key={total.currency} amount={total} currency signed dash />
            ))}
            {shown.data?.differences.length === 0 && '–'}
          </dd>
        </div>
      </dl>
    </Dialog>
  );
}
