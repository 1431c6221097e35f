import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { asCommandError, type CommandError, type DeletedRecordView, host, type SideView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText, MomentText } from '@/shared/Dates';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { Panel } from '@/shared/Parts';
import { KEYS, useRefreshBook } from '@/shared/queries';
import { showToast } from '@/shared/toasts';

const PAGE = 100;
const SIDES: readonly SideView[] = ['statement', 'ledger'];

function useDeleted(side: SideView, limit: number) {
  return useQuery({
    queryKey: [...KEYS.deleted, side, limit],
    queryFn: () => host().call('deleted_records', { side, offset: 0, limit }),
    placeholderData: keepPreviousData,
  });
}

function Row(props: { record: DeletedRecordView; on: boolean; onToggle: () => void }) {
  const { record, on, onToggle } = props;
  const { t } = useI18n();
  return (
    <tr data-testid="deleted-row">
      <td>
        <input
          type="checkbox"
          checked={on}
          aria-label={t('deleted.choose', { title: record.title })}
          data-testid="deleted-choose"
          onChange={onToggle}
        />
      </td>
      <td className="nowrap">
        <DateText iso={record.date} />
      </td>
      <td className="cell-grow" title={record.source}>
        <span className="row-name">{record.title}</span>
        <span className="row-text">{record.source}</span>
      </td>
      <td className="cell-grow">
        <span className="row-name">{record.reason || t('deleted.noReason')}</span>
        <span className="row-text">
          <MomentText iso={record.at} /> {'·'} {record.by}
        </span>
      </td>
      <td className="right">
        <Amount amount={record.amount} currency />
      </td>
    </tr>
  );
}

/** Rows that were deleted, a list a side; they stay out of every later import until they are restored. */
export function DeletedRows() {
  const { t, word } = useI18n();
  const refresh = useRefreshBook();
  const [side, setSide] = useState<SideView>('statement');
  const [limit, setLimit] = useState(PAGE);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [refusal, setRefusal] = useState<CommandError | null>(null);
  const both = { statement: useDeleted('statement', limit), ledger: useDeleted('ledger', limit) };
  const total = (name: SideView) => both[name].data?.total ?? 0;
  const fallback = total(side) === 0 ? SIDES.find((name) => total(name) > 0) : undefined;
  const shown = fallback ?? side;
  const rows = both[shown].data?.rows ?? [];
  const ids = rows.map((row) => row.id).filter((id) => chosen.has(id));

  async function restore(): Promise<void> {
    setRefusal(null);
    try {
      const none: string[] = [];
      const of = shown === 'statement' ? { lines: ids, entries: none } : { lines: none, entries: ids };
      await host().call('restore_records', { request: { ...of, reason: '' } });
      setChosen(new Set());
      showToast({ tone: 'done', text: t('deleted.restored', { count: ids.length }) });
      await refresh();
    } catch (fault) {
      setRefusal(asCommandError(fault));
    }
  }

  function toggle(id: string): void {
    const next = new Set(chosen);
    if (!next.delete(id)) {
      next.add(id);
    }
    setChosen(next);
  }

  useKeys([
    {
      combo: 'Shift+R',
      label: t('deleted.restore.key'),
      group: t('nav.import'),
      run: () => void restore(),
      enabled: ids.length > 0,
      needs: 'import',
    },
  ]);

  const fault = both.statement.error ?? both.ledger.error ?? refusal;
  if (total('statement') + total('ledger') === 0 && !fault) {
    return null;
  }
  const every = rows.length > 0 && ids.length === rows.length;
  return (
    <Panel
      title={t('deleted.title')}
      aside={
        <Button
          size="small"
          icon={RotateCcw}
          keys="Shift+R"
          needs="import"
          disabled={ids.length === 0}
          onClick={() => void restore()}
          testId="restore"
        >
          {ids.length === 0 ? t('deleted.restore.key') : t('deleted.restore', { count: ids.length })}
        </Button>
      }
      flush
      testId="deleted"
    >
      {fault && <FaultNotice fault={fault} />}
      <div className="tabs plan-tabs" role="tablist" aria-label={t('deleted.sides')}>
        {SIDES.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === shown}
            aria-controls="deleted-rows"
            className="tab"
            data-testid={`deleted-${name}`}
            disabled={total(name) === 0}
            onClick={() => setSide(name)}
          >
            {word('side', name)}
            <span className="tab-count num">{total(name)}</span>
          </button>
        ))}
      </div>
      <div id="deleted-rows" role="tabpanel" aria-label={word('side', shown)}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">
                <input
                  type="checkbox"
                  checked={every}
                  aria-label={t('deleted.chooseAll')}
                  data-testid="deleted-choose-all"
                  onChange={() => setChosen(every ? new Set() : new Set(rows.map((row) => row.id)))}
                />
              </th>
              <th scope="col">{t('field.date')}</th>
              <th scope="col">{t('import.row.what')}</th>
              <th scope="col">{t('deleted.why')}</th>
              <th scope="col" className="right">
                {t('field.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((record) => (
              <Row
                key={record.id}
                record={record}
                on={chosen.has(record.id)}
                onToggle={() => toggle(record.id)}
              />
            ))}
          </tbody>
        </table>
        {rows.length < total(shown) && limit < 500 && (
          <p className="table-foot">
            <Button size="small" onClick={() => setLimit(limit + PAGE)}>
              {t('deleted.more', { shown: rows.length, of: total(shown) })}
            </Button>
          </p>
        )}
      </div>
    </Panel>
  );
}
