import { useRef, useState } from 'react';
import type { DecisionOutcome, HandGroupRequest } from '@/ipc';
import { matchByHand } from './actions';

/** How a dialog that puts records together ends. */
export interface HandEnds {
  onClose: () => void;
  onDone: (outcome: DecisionOutcome) => void;
  /** Something changed meanwhile. */
  onStale: () => void;
}

/** Sends groups once; a refusal keeps the form. */
export function usePutTogether({ onDone, onStale }: HandEnds) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const sending = useRef(false);

  async function send(groups: HandGroupRequest[], reason: string): Promise<void> {
    if (sending.current) {
      return;
    }
    sending.current = true;
    setBusy(true);
    setRefusal(null);
    const outcome = await matchByHand({ groups, reason: reason.trim() });
    sending.current = false;
    setBusy(false);
    if (outcome.kind === 'settled') {
      onDone(outcome.outcome);
    } else if (outcome.kind === 'stale') {
      onStale();
    } else {
      setRefusal(outcome.reason);
    }
  }

  return { busy, refusal, send };
}
