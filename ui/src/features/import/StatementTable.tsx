import { CircleCheck, CircleMinus, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { StatementFactsView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { formatCount } from '@/shared/format';

/** Statements shown before the rest is asked for; those that do not close are always shown. */
const SHOWN = 6;

function Closes({ statement }: { statement: StatementFactsView }) {
  const { t } = useI18n();
  const known = statement.opening !== null && statement.closing !== null;
  if (!known) {
    return (
      <span className="mark-text mark-duplicate">
        <CircleMinus aria-hidden size={13} />
        {t('statement.unknown')}
      </span>
    );
  }
  return statement.difference === null ? (
    <span className="mark-text mark-add">
      <CircleCheck aria-hidden size={13} />
      {t('statement.closes')}
    </span>
  ) : (
    <span className="mark-text mark-reject" data-testid="statement-difference">
      <TriangleAlert aria-hidden size={13} />
      {t('statement.off')} <Amount amount={statement.difference} signed />
    </span>
  );
}

function Row({ statement }: { statement: StatementFactsView }) {
  const { t, locale } = useI18n();
  const { proof } = statement;
  const known = statement.opening !== null && statement.closing !== null;
  return (
    <tr data-testid="statement-row">
      <td className="cell-grow" title={statement.account}>
        <span className="row-name">{statement.account || t('statement.unnamed')}</span>
        {statement.number && (
          <span className="row-text">{t('statement.number', { number: statement.number })}</span>
        )}
      </td>
      <td className="nowrap">
        <DateText iso={statement.from ?? statement.firstDate} /> {'–'}{' '}
        <DateText iso={statement.to ?? statement.lastDate} />
      </td>
      <td className="right">
        <Amount amount={statement.opening} />
      </td>
      <td className="right sum-sign" aria-hidden>
        {known && '+'}
      </td>
      <td className="right">
        <Amount amount={statement.sum} />
      </td>
      <td className="right sum-sign" aria-hidden>
        {known && (statement.difference === null ? '=' : '≠')}
      </td>
      <td className="right">
        <Amount amount={statement.closing} currency />
      </td>
      <td>
        <Closes statement={statement} />
      </td>
      <td className="right num muted nowrap">
        {proof.of === 0
          ? t('quality.rows', { count: statement.rows })
          : t('statement.proved', {
              proved: formatCount(proof.proved, locale),
              of: formatCount(proof.of, locale),
            })}
      </td>
    </tr>
  );
}

/** The statements of a file: opening + rows = closing, and by how much where it does not close. */
export function StatementTable({ statements }: { statements: StatementFactsView[] }) {
  const { t } = useI18n();
  const [all, setAll] = useState(false);
  const shown = statements.filter(
    (statement, index) => all || index < SHOWN || statement.difference !== null,
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
    <section className="scroll-x" tabIndex={0} aria-label={t('statement.title')}>
      <table className="table statements" data-testid="statements">
        <thead>
          <tr>
            <th scope="col">{t('statement.account')}</th>
            <th scope="col">{t('statement.period')}</th>
            <th scope="col" className="right">
              {t('statement.opening')}
            </th>
            <td />
            <th scope="col" className="right">
              {t('statement.sum')}
            </th>
            <td />
            <th scope="col" className="right">
              {t('statement.closing')}
            </th>
            <th scope="col">{t('statement.result')}</th>
            <th scope="col" className="right">
              {t('statement.proof')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((statement, index) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: banks give the same account and number twice
              key={index}
              statement={statement}
            />
          ))}
        </tbody>
      </table>
      {shown.length < statements.length && (
        <p className="table-foot">
          <Button size="small" onClick={() => setAll(true)}>
            {t('statement.all', { count: statements.length })}
          </Button>
        </p>
      )}
    </section>
  );
}
