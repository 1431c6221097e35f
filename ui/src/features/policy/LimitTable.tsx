import { useI18n } from '@/i18n';
import type { PolicyFormView, PolicyView } from '@/ipc';
import { editable } from '@/shared/decimal';
import { TextField } from '@/shared/Field';
import { NumberCell, NumberField } from '@/shared/NumberField';
import { WholeCell } from '@/shared/WholeField';
import { causeOf, LIMITS, type Limit, withCause } from './form';

interface LimitTableProps {
  policy: PolicyView;
  form: PolicyFormView;
  onChange: (form: PolicyFormView) => void;
}

const COLUMNS = {
  amount: 'policy.amount',
  percent: 'policy.percent',
  count: 'policy.count',
  total: 'policy.total',
} as const;

interface RowProps extends LimitTableProps {
  cause: string;
}

function CauseRow({ cause, policy, form, onChange }: RowProps) {
  const { t, word } = useI18n();
  const of = causeOf(form, cause);
  const name = word('cause', cause);
  const put = (part: Partial<typeof of>) => onChange(withCause(form, policy.causes, { ...of, ...part }));
  const cell = (limit: Limit) => (
    <td key={limit} className="right">
      {limit === 'count' ? (
        <WholeCell
          className="input limit-input num"
          label={t('policy.limitOf', { limit: t(COLUMNS[limit]), cause: name })}
          value={of[limit] === '' ? null : Number(of[limit])}
          least={1}
          most={999_999_999}
          optional
          testId={`policy-${cause}-${limit}`}
          onChange={(count) => put({ [limit]: count === null ? '' : String(count) })}
        />
      ) : (
        <NumberCell
          aria-label={t('policy.limitOf', { limit: t(COLUMNS[limit]), cause: name })}
          value={of[limit]}
          data-testid={`policy-${cause}-${limit}`}
          onChange={(value) => put({ [limit]: value })}
        />
      )}
    </td>
  );
  return (
    <tr data-testid="policy-cause" data-limited={of.amount !== ''}>
      <th scope="row" className="limit-cause">
        {cause === 'none' ? t('policy.noCause') : name}
      </th>
      {cause === 'none' ? (
        <td colSpan={LIMITS.length} className="muted limit-never">
          {t('policy.never')}
        </td>
      ) : (
        LIMITS.map(cell)
      )}
      <td>
        <input
          className="input limit-owner"
          autoComplete="off"
          spellCheck={false}
          aria-label={t('policy.limitOf', { limit: t('policy.owner'), cause: name })}
          placeholder={form.defaultOwner}
          value={of.owner}
          data-testid={`policy-${cause}-owner`}
          onChange={(event) => put({ owner: event.target.value })}
        />
      </td>
    </tr>
  );
}

/** The limits of each cause, and who looks after what stays. */
export function LimitTable({ policy, form, onChange }: LimitTableProps) {
  const { t, locale } = useI18n();
  return (
    <>
      <div className="policy-head">
        <NumberField
          label={t('policy.confidence')}
          hint={t('policy.confidence.hint')}
          value={form.confidence}
          placeholder={editable('0.98', locale)}
          onChange={(confidence) => onChange({ ...form, confidence })}
          testId="policy-confidence"
        />
        <TextField
          label={t('policy.defaultOwner')}
          hint={t('policy.defaultOwner.hint')}
          value={form.defaultOwner}
          placeholder={t('policy.nobody')}
          onChange={(defaultOwner) => onChange({ ...form, defaultOwner })}
          testId="policy-default-owner"
        />
      </div>
      <div className="scroll-x">
        <table className="table limit-table" data-testid="policy-limits">
          <thead>
            <tr>
              <th scope="col">{t('policy.cause')}</th>
              {LIMITS.map((limit) => (
                <th key={limit} scope="col" className="right">
                  {t(COLUMNS[limit])}
                  {(limit === 'amount' || limit === 'total') && ` (${policy.currency})`}
                </th>
              ))}
              <th scope="col">{t('policy.owner')}</th>
            </tr>
          </thead>
          <tbody>
            {policy.causes.map((cause) => (
              <CauseRow key={cause} cause={cause} policy={policy} form={form} onChange={onChange} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="table-foot">{t('policy.limits.note')}</p>
    </>
  );
}
