import { useState } from 'react';

/** One thing at a time, with what refused it. */
export function useDoing<What extends string>() {
  const [busy, setBusy] = useState<What | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  return {
    busy,
    fault,
    forgetFault: () => setFault(null),
    /** Answers whether it was done. */
    doing: async (what: What, work: () => Promise<void>): Promise<boolean> => {
      setBusy(what);
      setFault(null);
      try {
        await work();
        return true;
      } catch (refusal) {
        setFault(refusal);
        return false;
      } finally {
        setBusy(null);
      }
    },
  };
}
