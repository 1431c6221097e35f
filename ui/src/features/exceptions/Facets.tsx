import { useI18n } from '@/i18n';
import type { ExceptionTotals } from '@/ipc';
import { BarList } from '@/shared/charts/BarList';
import { barsOf } from '@/shared/charts/groups';
import { AGE_BANDS } from '@/shared/focus';
import { Skeleton } from '@/shared/Parts';
import type { Exceptions } from './useExceptions';

/** What the exceptions come to by cause and by age; a bar chooses, and takes its choice back. */
export function Facets({ desk, totals }: { desk: Exceptions; totals: ExceptionTotals | undefined }) {
  const { t, word, locale } = useI18n();
  const { choice } = desk.look;
  if (!totals) {
    return (
      <div className="exceptions-facets">
        <Skeleton rows={4} height={18} />
        <Skeleton rows={4} height={18} />
      </div>
    );
  }
  const causes = barsOf(totals.byCause, { name: (cause) => word('cause', cause), locale });
  const ages = barsOf(totals.byAge, { name: (age) => word('age', age), locale, kinds: AGE_BANDS });
  return (
    <div className="exceptions-facets">
      <section>
        <h2 className="facet-title">{t('exceptions.byCause')}</h2>
        <BarList
          label={t('exceptions.byCause')}
          bars={causes}
          columns={causes.length > 4 ? 2 : 1}
          chosen={choice.cause}
          onChoose={(cause) => desk.choose({ cause })}
          testId="cause"
        />
      </section>
      <section>
        <h2 className="facet-title">{t('exceptions.byAge')}</h2>
        <BarList
          label={t('exceptions.byAge')}
          bars={ages}
          chosen={choice.age}
          onChoose={(age) => desk.choose({ age: AGE_BANDS.find((band) => band === age) ?? null })}
          testId="age"
        />
      </section>
    </div>
  );
}
