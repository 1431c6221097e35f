/** The validation report of the host in memory: six steps and a score, counted as the real one counts. */

import type {
  FindingView,
  QualityPartView,
  ReadingProofView,
  StatementFactsView,
  ValidationStepView,
  ValidationView,
} from '../generated';
import { countOf, type Pending } from './importing';
import { inEnglish } from './said';

function step(name: string, checked: number, findings: FindingView[]): ValidationStepView {
  const outcome = findings.some((finding) => finding.rejects)
    ? 'failed'
    : findings.length > 0
      ? 'warning'
      : checked === 0
        ? 'not_applicable'
        : 'passed';
  return { step: name, outcome, checked, findings };
}

function finding(message: string, row: number | null, rows: number, rejects = false): FindingView {
  return { message, said: inEnglish(message), row, rows, rejects };
}

function share(points: number, good: number, all: number): number {
  return all === 0 ? points : Math.floor((points * Math.min(good, all)) / all);
}

function typeFindings({ diagnostics }: Pending): FindingView[] {
  const columns = new Map<string, typeof diagnostics>();
  for (const problem of diagnostics) {
    const name = problem.column ?? '';
    columns.set(name, [...(columns.get(name) ?? []), problem]);
  }
  return [...columns].map(([name, problems]) =>
    finding(
      `${name}: expected ${problems[0]?.expected.english}`,
      problems[0]?.row ?? null,
      problems.length,
      problems.some((problem) => problem.rejectsRow),
    ),
  );
}

function ruleFindings(statements: readonly StatementFactsView[]): FindingView[] {
  return statements
    .filter((statement) => statement.difference !== null)
    .map(({ account, difference }) =>
      finding(`the statement of ${account} does not close: ${difference?.value} is left over`, null, 0),
    );
}

/** The report. */
export function reportOf(
  pending: Pending,
  statements: readonly StatementFactsView[],
  proof: ReadingProofView,
  questions: number,
): ValidationView {
  const { rows, mapping } = pending;
  const total = rows.length;
  const rejected = countOf(rows, 'reject');
  const known = countOf(rows, 'duplicate', 'deleted');
  const nameless = rows.filter((row) => row.action !== 'reject' && row.counterparty === '');
  const rules = ruleFindings(statements);
  const fields = mapping.roles.filter((role) => role !== 'ignore').length;
  const parts: QualityPartView[] = [
    {
      name: 'completeness',
      points: share(20, total * fields - nameless.length, total * fields),
      of: 20,
    },
    { name: 'validity', points: share(30, total - rejected, total), of: 30 },
    { name: 'proof', points: proof.of === 0 ? 12 : share(20, proof.proved, proof.of), of: 20 },
    { name: 'certainty', points: Math.max(0, 10 - questions * 5), of: 10 },
    { name: 'consistency', points: Math.max(0, 10 - rules.length * 4), of: 10 },
    { name: 'uniqueness', points: share(10, total - known, total), of: 10 },
  ];
  const unnamed =
    nameless.length > 0
      ? [finding('no counterparty is named', nameless[0]?.row ?? null, nameless.length)]
      : [];
  return {
    score: parts.reduce((sum, part) => sum + part.points, 0),
    parts,
    steps: [
      step('format', 1, []),
      step('required_fields', total, unnamed),
      step('types', total * 2, typeFindings(pending)),
      step('business_rules', statements.length, rules),
      step(
        'duplicates',
        total,
        known > 0 ? [finding('the workbook has these rows already', null, known)] : [],
      ),
      step('quality', parts.length, []),
    ],
  };
}
