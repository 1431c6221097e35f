import { PenLine } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { Amount as AmountView, ReviewDetail } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { isZero, signOf } from '@/shared/decimal';
import { Segments, TextField } from '@/shared/Field';
import { Notice } from '@/shared/Notice';
import { noteWord } from '@/shared/recentWords';
import { groupOf, usedPart, useHandBalance } from './hand';
import { type HandEnds, usePutTogether } from './usePutTogether';
import { WordField } from './Words';

/** What may be written off; the last stands for everything else. */
const CAUSES = ['fee', 'discount', 'fx_rounding', 'none'] as const;
type Cause = (typeof CAUSES)[number];

interface WriteOffDialogProps extends HandEnds {
  detail: ReviewDetail;
}

interface EntryProps {
  amount: AmountView | null;
  account: string;
  other: string;
  text: string;
}

/** The entry in the books: what is below zero is a cost, and stands on the left. */
function EntryPreview({ amount, account, other, text }: EntryProps) {
  const { t } = useI18n();
  const size = amount && { ...amount, value: amount.value.replace('-', '') };
  const cost = amount !== null && signOf(amount.value) < 0;
  const rows = [
    { name: account || t('review.writeOff.account'), debit: cost },
    { name: other, debit: !cost },
  ].sort((left, right) => Number(right.debit) - Number(left.debit));
  return (
    <table className="posting" data-testid="write-off-entry">
      <caption>{t('review.writeOff.entry')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('review.account')}</th>
          <th scope="col" className="right">
            {t('review.debit')}
          </th>
          <th scope="col" className="right">
            {t('review.credit')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, debit }) => (
          <tr key={name}>
            <td>{name}</td>
            <td className="right">{debit && <Amount amount={size} currency />}</td>
            <td className="right">{!debit && <Amount amount={size} currency />}</td>
          </tr>
        ))}
      </tbody>
      {text.trim() && (
        <tfoot>
          <tr>
            <td colSpan={3}>{text.trim()}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

/** Writes off what is left of a row, or a record without its other side, to an account of the books. */
export function WriteOffDialog({ detail, ...ends }: WriteOffDialogProps) {
  const { t, word, locale } = useI18n();
  const { row } = detail;
  const known = CAUSES.find((one) => one !== 'none' && one === row.cause);
  const [cause, setCause] = useState<Cause>(known ?? 'none');
  const [account, setAccount] = useState('');
  const [text, setText] = useState('');
  const { busy, refusal, send } = usePutTogether(ends);
  const used = (record: ReviewDetail['lines'][number]) => ({ record, part: usedPart(record, locale) });
  const draft = { key: 0, cause, amount: '', account, text };
  const group = groupOf(detail.lines.map(used), detail.entries.map(used), [draft], locale);
  const { balances, fresh, refusal: noBalance } = useHandBalance(group ? [group] : null, detail.entries);
  const left = balances?.groups[0]?.difference ?? null;
  const ready =
    group !== null && fresh && left !== null && !isZero(left.value) && account.trim() !== '' && !busy;

  function writeOff(): void {
    if (ready) {
      noteWord('accounts', account);
      void send([group], '');
    }
  }

  const entry = detail.entries[0];
  const other = entry
    ? t('review.writeOff.ledger', { name: entry.counterparty || entry.number || entry.text })
    : (detail.lines[0]?.account ?? '');
  return (
    <Dialog
      title={t('review.writeOff.title')}
      onClose={ends.onClose}
      testId="write-off-dialog"
      footer={
        <>
          <Button onClick={ends.onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            form="write-off-form"
            icon={PenLine}
            keys="Enter"
            busy={busy}
            disabled={!ready}
            testId="write-off-submit"
          >
            {t('review.writeOff.do')}
          </Button>
        </>
      }
    >
      <form
        id="write-off-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          writeOff();
        }}
      >
        {(refusal ?? noBalance) && (
          <Notice tone="problem" title={t('review.refused')} testId="error-message">
            {refusal ?? noBalance}
          </Notice>
        )}
        <p className="target">
          <strong>{row.title || t('review.noName')}</strong>
          <Amount amount={left} currency signed testId="write-off-amount" />
        </p>
        <Segments
          label={t('review.writeOff.cause')}
          value={cause}
          onChange={setCause}
          options={CAUSES.map((value) => ({
            value,
            label: value === 'none' ? t('review.writeOff.other') : word('cause', value),
            testId: `write-off-${value}`,
          }))}
        />
        <div className="form-pair">
          <WordField
            label={t('review.account')}
            kind="accounts"
            value={account}
            onChange={setAccount}
            autoFocus
            testId="write-off-account"
          />
          <TextField
            label={t('review.postingText')}
            value={text}
            onChange={setText}
            maxLength={500}
            testId="write-off-text"
          />
        </div>
        <EntryPreview amount={left} account={account.trim()} other={other} text={text} />
      </form>
    </Dialog>
  );
}
