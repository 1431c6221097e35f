import { usePresence } from '@/shared/presence';

/** What whoever is at work may do with the journal. The host refuses the rest; here it is not offered. */
export interface JournalRights {
  /** Name accounts and save layouts. */
  configure: boolean;
  /** Export, and take batches back. */
  export: boolean;
}

export function useJournalRights(): JournalRights {
  const role = usePresence().person?.role ?? 'admin';
  return { configure: role === 'admin', export: role !== 'reviewer' };
}
