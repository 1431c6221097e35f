import { CircleCheck, CircleX, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { useI18n } from '@/i18n';
import type { Amount as AmountView, ProofView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { isZero, subtract } from '@/shared/decimal';

interface LineProps {
  sign?: '+' | '−' | '=';
  label: string;
  amount: AmountView | null;
  total?: boolean;
  note?: ReactNode;
  testId?: string;
}

function Line({ sign, label, amount, total, note, testId }: LineProps) {
  return (
    <tr className={total ? 'sheet-total' : ''} data-testid={testId}>
      <td className="sheet-sign" aria-hidden>
        {sign}
      </td>
      <th scope="row">
        {label}
        {note && <span className="sheet-note">{note}</span>}
      </th>
      <td className="right">
        <Amount amount={amount} />
      </td>
    </tr>
  );
}

function Verdict({
  holds,
  yes,
  no,
  missing,
  testId,
}: {
  holds: boolean;
  yes: string;
  no: string;
  missing: AmountView;
  testId: string;
}) {
  const Icon = holds ? CircleCheck : CircleX;
  return (
    <p
      className={`verdict ${holds ? 'verdict-good' : 'verdict-bad'}`}
      data-testid={testId}
      data-holds={holds}
    >
      <Icon aria-hidden size={16} />
      {holds ? (
        yes
      ) : (
        <>
          {no} <Amount amount={missing} currency signed />
        </>
      )}
    </p>
  );
}

/** The sums that are laid out: those of any days, or of a period. */
export type SheetFigures = Pick<
  ProofView,
  | 'opening'
  | 'linesTotal'
  | 'closing'
  | 'statementGap'
  | 'entriesTotal'
  | 'difference'
  | 'linesOutstanding'
  | 'entriesOutstanding'
  | 'adjustments'
  | 'unexplained'
  | 'outstandingLinesCount'
  | 'outstandingEntriesCount'
>;

interface ProofSheetProps {
  proof: SheetFigures;
  /** Where the balances come from. */
  openingNote?: string;
  closingNote?: string;
  /** What stands below the first proof, which is the shorter one. */
  children?: ReactNode;
}

/** What stands open and the adjustments make up of the difference. */
function explainedOf({ difference, unexplained }: SheetFigures): AmountView | null {
  const value = subtract(difference.value, unexplained.value);
  return value === null ? null : { ...difference, value };
}

/** The two proofs laid out as on paper: the statement in itself, and statement against ledger. */
export function ProofSheet({ proof, openingNote, closingNote, children }: ProofSheetProps) {
  const { t } = useI18n();
  const gap = proof.statementGap;
  const explained = explainedOf(proof);
  return (
    <div className="sheets" data-testid="proof">
      <section className="sheet">
        <h2>{t('proof.statement')}</h2>
        <table>
          <tbody>
            <Line label={t('proof.opening')} amount={proof.opening} note={openingNote} />
            <Line sign="+" label={t('proof.lines')} amount={proof.linesTotal} />
            <Line sign="=" label={t('proof.closing')} amount={proof.closing} note={closingNote} total />
          </tbody>
        </table>
        {gap ? (
          <Verdict
            holds={isZero(gap.value)}
            yes={t('proof.statement.holds')}
            no={t('proof.statement.off')}
            missing={gap}
            testId="statement-verdict"
          />
        ) : (
          <p className="verdict verdict-none">
            <Info aria-hidden size={16} />
            {t('proof.statement.none')}
          </p>
        )}
        {children}
      </section>
      <section className="sheet">
        <h2>{t('proof.against')}</h2>
        <table>
          <tbody>
            <Line label={t('proof.lines')} amount={proof.linesTotal} />
            <Line sign="−" label={t('proof.entries')} amount={proof.entriesTotal} />
            <Line sign="=" label={t('proof.difference')} amount={proof.difference} total />
          </tbody>
          <tbody>
            <Line
              label={t('proof.linesOutstanding', { count: proof.outstandingLinesCount })}
              amount={proof.linesOutstanding}
            />
            <Line
              sign="−"
              label={t('proof.entriesOutstanding', { count: proof.outstandingEntriesCount })}
              amount={proof.entriesOutstanding}
            />
            <Line sign="+" label={t('proof.adjustments')} amount={proof.adjustments} />
            <Line sign="=" label={t('proof.explained')} amount={explained} total testId="explained" />
          </tbody>
          <tbody>
            <Line label={t('proof.difference')} amount={proof.difference} />
            <Line sign="−" label={t('proof.explained')} amount={explained} />
            <Line
              sign="="
              label={t('proof.unexplained')}
              amount={proof.unexplained}
              total
              testId="unexplained"
            />
          </tbody>
        </table>
        <Verdict
          holds={isZero(proof.unexplained.value)}
          yes={t('proof.against.holds')}
          no={t('proof.against.off')}
          missing={proof.unexplained}
          testId="ledger-verdict"
        />
      </section>
    </div>
  );
}
