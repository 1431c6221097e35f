import { useRef } from 'react';
import { useI18n } from '@/i18n';
import { type DecisionOutcome, host } from '@/ipc';
import { showRefusal } from '@/shared/refusals';
import { attach } from './actions';

/** Attaches files to rows: chosen in the system's own dialog, or dropped. */
export function useEvidence(onDone: (outcome: DecisionOutcome) => void) {
  const i18n = useI18n();
  const busy = useRef(false);

  async function once(work: () => Promise<void>): Promise<void> {
    if (busy.current) {
      return;
    }
    busy.current = true;
    try {
      await work();
    } catch (fault) {
      showRefusal(fault, i18n);
    }
    busy.current = false;
  }

  return {
    choose: (ids: readonly string[]) =>
      once(async () => {
        const path = await host().call('pick_evidence_path', { save: false, current: '' });
        if (path !== null) {
          onDone(await attach(ids, path));
        }
      }),
    /** Each file is an act of its own. */
    drop: (ids: readonly string[], files: readonly File[]) =>
      once(async () => {
        for (const file of files) {
          const bytes = new Uint8Array(await file.arrayBuffer());
          onDone(await host().attachBytes(ids, file.name, bytes));
        }
      }),
  };
}
