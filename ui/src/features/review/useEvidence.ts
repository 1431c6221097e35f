import { useRef } from 'react';
import { asCommandError, type DecisionOutcome, host } from '@/ipc';
import { showToast } from '@/shared/toasts';
import { attach } from './actions';

/** Attaches files to rows: chosen in the system's own dialog, or dropped. */
export function useEvidence(onDone: (outcome: DecisionOutcome) => void) {
  const busy = useRef(false);

  async function once(work: () => Promise<void>): Promise<void> {
    if (busy.current) {
      return;
    }
    busy.current = true;
    try {
      await work();
    } catch (fault) {
      showToast({ tone: 'problem', text: asCommandError(fault).message });
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
