import { useMay } from '@/shared/permission';

/** What whoever is at work may do with the journal. The host refuses the rest; here it is not offered. */
export interface JournalRights {
  /** Name accounts and save layouts. */
  configure: boolean;
  /** Export, and take batches back. */
  export: boolean;
}

export function useJournalRights(): JournalRights {
  const may = useMay();
  return { configure: may('configure'), export: may('prepare') };
}
