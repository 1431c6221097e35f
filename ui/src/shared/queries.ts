import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { host, type WorkbookView } from '@/ipc';

/** Where answers of the host are kept until something changes. */
export const KEYS = {
  appState: ['app_state'],
  workbook: ['book', 'workbook'],
  batches: ['book', 'batches'],
  queue: ['book', 'queue'],
  detail: ['book', 'detail'],
  open: ['book', 'open'],
  above: ['book', 'above'],
  proof: ['book', 'proof'],
  audit: ['book', 'audit'],
  matching: ['book', 'matching'],
  deleted: ['book', 'deleted'],
  differences: ['book', 'differences'],
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
