import { useI18n } from '@/i18n';
import type { DiagnosticView } from '@/ipc';
import { Badge } from '../Parts';
import { saidText } from '../said';
import { columnName } from './columnName';

/** Rows that cannot be read, or that say something odd. */
export function ProblemTable({ diagnostics }: { diagnostics: DiagnosticView[] }) {
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <table className="table" data-testid="import-problems">
      <thead>
        <tr>
          <th scope="col" className="right">
            {t('import.row')}
          </th>
          <th scope="col">{t('import.problem.line')}</th>
          <th scope="col">{t('import.problem.column')}</th>
          <th scope="col">{t('import.problem.value')}</th>
          <th scope="col">{t('import.problem.expected')}</th>
          <th scope="col">{t('import.problem.effect')}</th>
        </tr>
      </thead>
      <tbody>
        {diagnostics.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell may have several problems, none has an identity
          <tr key={index} data-testid="import-problem">
            <td className="right num">{problem.row ?? '–'}</td>
            <td className="num muted">{problem.fileLine ?? '–'}</td>
            <td>{problem.column === null ? '–' : columnName(problem.column, i18n)}</td>
            <td>
              {problem.value !== '' || problem.row !== null ? (
                <code className="value">{problem.value || t('import.problem.empty')}</code>
              ) : (
                '–'
              )}
            </td>
            <td>{saidText(problem.expected, i18n)}</td>
            <td>
              <Badge tone={problem.rejectsRow ? 'problem' : 'warning'}>
                {t(problem.rejectsRow ? 'import.problem.rejected' : 'import.problem.noted')}
              </Badge>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
