import { CircleCheck, CircleX, Copy } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { PeriodRow } from '@/ipc';
import { Button } from '@/shared/Button';
import { copyText } from '@/shared/copyText';
import { MomentText } from '@/shared/Dates';
import { Badge } from '@/shared/Parts';
import { showToast } from '@/shared/toasts';
import { useCheck } from './usePeriods';

const STEPS = ['prepared', 'reviewed', 'locked'] as const;

/** Who signed, what they signed by its hash, and whether it still is that. */
export function Signatures({ period }: { period: PeriodRow }) {
  const { t, word } = useI18n();
  const check = useCheck(period);
  const { content } = period;
  const alone = STEPS.some((step) => period[step]?.singleUser);
  return (
    <div className="signatures" data-testid="signatures">
      <dl className="signature">
        {STEPS.map((step) => {
          const signed = period[step];
          return (
            <div key={step} className="signature-step">
              <dt>{word('periodEvent', step)}</dt>
              <dd>
                {signed ? (
                  <>
                    {`${signed.name} · `}
                    <MomentText iso={signed.at} />
                  </>
                ) : (
                  <span className="muted">{t('periods.notYet')}</span>
                )}
              </dd>
            </div>
          );
        })}
        {content && (
          <div className="signature-step">
            <dt>{t('periods.content')}</dt>
            <dd className="content-hash">
              <code className="mono" title={content}>
                {content.slice(0, 12)}
              </code>
              <Button
                size="small"
                variant="quiet"
                icon={Copy}
                aria-label={t('periods.copy')}
                title={t('periods.copy')}
                testId="period-copy-hash"
                onClick={() =>
                  void copyText(content).then(() => showToast({ tone: 'done', text: t('periods.copied') }))
                }
              />
              {check.data?.asSigned === true && (
                <Badge tone="good" icon={CircleCheck} testId="period-as-signed">
                  {t('periods.asSigned')}
                </Badge>
              )}
              {check.data?.asSigned === false && (
                <Badge tone="problem" icon={CircleX} testId="period-differs">
                  {t('periods.differs')}
                </Badge>
              )}
              {check.data && check.data.difference !== '' && (
                <span className="signature-note" data-testid="period-difference">
                  {check.data.difference}
                </span>
              )}
            </dd>
          </div>
        )}
      </dl>
      {alone && <p className="muted signature-note">{t('periods.singleUser')}</p>}
    </div>
  );
}
