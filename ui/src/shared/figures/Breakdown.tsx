import { useI18n } from '@/i18n';
import type { FigureBoard } from '@/ipc';
import { BarList } from '@/shared/charts/BarList';
import { barsOf } from '@/shared/charts/groups';
import { AGE_BANDS } from '@/shared/focus';
import { Panel } from '@/shared/Parts';
import { type FigureScope, showExceptions } from './queries';
import './figures.css';

/** The exceptions by cause and by age; a bar shows those behind it. */
export function Breakdown({ board, scope }: { board: FigureBoard; scope: FigureScope }) {
  const { t, word, locale } = useI18n();
  const causes = barsOf(board.byCause, { name: (cause) => word('cause', cause), locale });
  const ages = barsOf(board.byAge, { name: (age) => word('age', age), locale, kinds: AGE_BANDS });
  const hint = <span className="muted">{t('figures.clickBar')}</span>;
  return (
    <div className="figures-pair">
      <Panel title={t('figures.byCause')} aside={board.exceptions > 0 && hint}>
        {causes.length > 0 ? (
          <BarList
            label={t('figures.byCause')}
            bars={causes}
            onChoose={(cause) => showExceptions(scope, { cause })}
            testId="figures-cause"
          />
        ) : (
          <p className="muted">{t('figures.exceptions.none')}</p>
        )}
      </Panel>
      <Panel title={t('figures.byAge')} aside={board.exceptions > 0 && hint}>
        <BarList
          label={t('figures.byAge')}
          bars={ages}
          onChoose={(age) => showExceptions(scope, { age: AGE_BANDS.find((band) => band === age) ?? null })}
          testId="figures-age"
        />
      </Panel>
    </div>
  );
}
