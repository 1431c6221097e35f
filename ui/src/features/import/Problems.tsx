import { useI18n } from '@/i18n';
import type { AmbiguityView, DiagnosticView, MappingView } from '@/ipc';
import { Button } from '@/shared/Button';
import { Notice } from '@/shared/Notice';
import { Badge } from '@/shared/Parts';
import { revise } from './desk';
import { mappingFor } from './readings';

/** Rows that cannot be read, or that say something odd. */
export function ProblemTable({ diagnostics }: { diagnostics: DiagnosticView[] }) {
  const { t } = useI18n();
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
            <td>{problem.column ?? '–'}</td>
            <td>
              <code className="value">{problem.value || t('import.problem.empty')}</code>
            </td>
            <td>{problem.expected}</td>
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

/** Several ways to read the file: asks which. Guessed columns are only named; their roles are set in the table. */
export function AmbiguityNotice(props: {
  ambiguity: AmbiguityView;
  mapping: MappingView;
  disabled: boolean;
}) {
  const { ambiguity, mapping, disabled } = props;
  const { t, word } = useI18n();
  const { what, readings } = ambiguity;
  const answerable = mappingFor(what, 1, mapping) !== null;
  return (
    <Notice tone="warning" title={word('ambiguity', what)} testId="import-ambiguity">
      {answerable ? (
        <div className="choices">
          {readings.slice(0, 2).map((reading, index) => {
            const next = mappingFor(what, index, mapping);
            return (
              <Button
                key={reading}
                size="small"
                aria-pressed={index === 0}
                disabled={disabled}
                onClick={() => next && void revise({ mapping: next })}
                testId="import-reading"
              >
                {index === 0 ? t('import.reading.current', { reading }) : reading}
              </Button>
            );
          })}
        </div>
      ) : (
        <ul className="plain-list">
          {readings.map((reading) => (
            <li key={reading}>{reading}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
