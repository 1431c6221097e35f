import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { host, type WorkbookView } from '@/ipc';

/** Where answers of the host are kept until something changes. */
export const KEYS = {
  alerts: ['book', 'alerts'],
  openAlerts: ['book', 'openAlerts'],
  backups: ['book', 'backups'],
  checks: ['book', 'checks'],
  appState: ['app_state'],
  workbook: ['book', 'workbook'],
  batches: ['book', 'batches'],
  queue: ['book', 'queue'],
  selection: ['book', 'selection'],
  acts: ['book', 'acts'],
  turns: ['book', 'turns'],
  detail: ['book', 'detail'],
  open: ['book', 'open'],
  above: ['book', 'above'],
  proof: ['book', 'proof'],
  periods: ['book', 'periods'],
  anomalies: ['book', 'anomalies'],
  anomalySettings: ['book', 'anomaly_settings'],
  audit: ['book', 'audit'],
  journal: ['book', 'journal'],
  journalBatches: ['book', 'journalBatches'],
  journalLayouts: ['book', 'journalLayouts'],
  postingAccounts: ['book', 'postingAccounts'],
  matching: ['book', 'matching'],
  people: ['book', 'people'],
  policy: ['book', 'policy'],
  accepted: ['book', 'accepted'],
  deleted: ['book', 'deleted'],
  exceptions: ['book', 'exceptions'],
  figures: ['book', 'figures'],
  categories: ['book', 'categories'],
  categoryLines: ['book', 'categoryLines'],
  categorySums: ['book', 'categorySums'],
  customers: ['book', 'customers'],
  customer: ['book', 'customer'],
  creditRates: ['book', 'creditRates'],
  waiting: ['book', 'waiting'],
  differences: ['book', 'differences'],
  grids: ['book', 'grids'],
  standing: ['book', 'standing'],
} as const;

/** The open workbook with fresh counts. The shell shows screens only once it is there. */
export function useWorkbook(): WorkbookView | undefined {
  return useQuery({ queryKey: KEYS.workbook, queryFn: () => host().call('workbook', {}) }).data;
}

/** Asks anew for everything that is shown of the workbook. */
export function refreshBook(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ['book'] });
}

/** {@link refreshBook} for components. */
export function useRefreshBook(): () => Promise<void> {
  const client = useQueryClient();
  return () => refreshBook(client);
}
