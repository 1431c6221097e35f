import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronDown, ListX } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { host, type ImportPreview, type PreviewFilter } from '@/ipc';
import { Button } from '@/shared/Button';
import { formatCount } from '@/shared/format';
import { Keys } from '@/shared/Keys';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { Empty, Panel, Skeleton } from '@/shared/Parts';
import { RowTable } from './RowTable';

const PAGE = 200;
const FILTERS: readonly PreviewFilter[] = ['all', 'add', 'duplicate', 'reject'];

function countsOf(preview: ImportPreview): Record<PreviewFilter, number> {
  return {
    all: preview.rowsToAdd + preview.rowsDuplicate + preview.rowsDeleted + preview.rowsRejected,
    add: preview.rowsToAdd,
    duplicate: preview.rowsDuplicate + preview.rowsDeleted,
    reject: preview.rowsRejected,
  };
}

function useRows(preview: ImportPreview, readings: number, filter: PreviewFilter, total: number) {
  return useInfiniteQuery({
    queryKey: ['plan', preview.token, readings, filter],
    queryFn: ({ pageParam }) =>
      host().call('preview_rows', {
        request: { token: preview.token, filter, offset: pageParam, limit: PAGE },
      }),
    initialPageParam: 0,
    getNextPageParam: (_, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.length, 0);
      return shown < total && pages.at(-1)?.length ? shown : undefined;
    },
    // The first rows came with the preview: they are shown until the page is there.
    placeholderData: filter === 'all' ? { pages: [preview.rows], pageParams: [0] } : undefined,
    gcTime: 0,
  });
}

/** The frozen plan: what becomes of every row, before anything is stored. */
export function Plan({ preview, readings }: { preview: ImportPreview; readings: number }) {
  const { t, word, locale } = useI18n();
  const [filter, setFilter] = useState<PreviewFilter>('all');
  const counts = countsOf(preview);
  const total = counts[filter];
  const found = useRows(preview, readings, filter, total);
  const rows = found.data?.pages.flat() ?? [];

  useKeys([
    ...FILTERS.map((name, index) => ({
      combo: String(index + 1),
      label: t('plan.show', { filter: word('planFilter', name) }),
      group: t('nav.import'),
      run: () => setFilter(name),
    })),
    {
      combo: 'n',
      label: t('plan.more.key'),
      group: t('nav.import'),
      run: () => void found.fetchNextPage(),
      enabled: found.hasNextPage,
    },
  ]);

  return (
    <Panel
      title={t('plan.title')}
      aside={
        <span className="muted">
          {t('plan.shown', { shown: formatCount(rows.length, locale), of: formatCount(total, locale) })}
        </span>
      }
      flush
      testId="plan"
    >
      <div className="tabs plan-tabs" role="tablist" aria-label={t('plan.filters')}>
        {FILTERS.map((name, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === filter}
            aria-controls="plan-rows"
            aria-keyshortcuts={String(index + 1)}
            className="tab"
            data-testid={`plan-${name}`}
            onClick={() => setFilter(name)}
          >
            {word('planFilter', name)}
            <span className="tab-count num">{formatCount(counts[name], locale)}</span>
            <Keys combo={String(index + 1)} />
          </button>
        ))}
      </div>
      <div id="plan-rows" role="tabpanel" aria-label={word('planFilter', filter)}>
        {found.error && <FaultNotice fault={found.error} />}
        {found.isPending && (
          <div className="panel-pad">
            <Skeleton rows={6} />
          </div>
        )}
        {!found.isPending && total === 0 && (
          <Empty icon={ListX} title={word('planEmpty', filter)} testId="plan-empty" />
        )}
        {rows.length > 0 && <RowTable rows={rows} side={preview.side} label={t('plan.title')} />}
        {found.hasNextPage && (
          <p className="table-foot">
            <Button
              size="small"
              icon={ChevronDown}
              keys="n"
              busy={found.isFetchingNextPage}
              onClick={() => void found.fetchNextPage()}
              testId="plan-more"
            >
              {t('plan.more', { count: Math.min(PAGE, total - rows.length) })}
            </Button>
          </p>
        )}
      </div>
    </Panel>
  );
}
