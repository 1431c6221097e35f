import { createContext, type ReactNode, useContext, useEffect, useId, useMemo, useState } from 'react';

interface UnfitFields {
  /** Says of a field whether its text cannot be taken. */
  tell: (field: string, unfit: boolean) => void;
  /** Counts how often all was discarded: what was typed before is nobody's text any more. */
  round: number;
}

const NONE: UnfitFields = { tell: () => undefined, round: 0 };

const Fields = createContext(NONE);

/** The fields of a form of which the text cannot be taken: while one stands, the form is not saved. */
export function useUnfitFields() {
  const [unfit, setUnfit] = useState<readonly string[]>([]);
  const [round, setRound] = useState(0);
  const fields = useMemo<UnfitFields>(
    () => ({
      round,
      tell: (field, isUnfit) =>
        setUnfit((before) => [...before.filter((other) => other !== field), ...(isUnfit ? [field] : [])]),
    }),
    [round],
  );
  return {
    unfit: unfit.length > 0,
    /** Lets every field show again what is stored. */
    renew: () => setRound((before) => before + 1),
    within: (children: ReactNode) => <Fields.Provider value={fields}>{children}</Fields.Provider>,
  };
}

/** How often everything in the form around a field was discarded. */
export function useRound(): number {
  return useContext(Fields).round;
}

/** Tells the form around a field whether its text cannot be taken. */
export function useTellUnfit(unfit: boolean): void {
  const id = useId();
  const { tell } = useContext(Fields);
  useEffect(() => {
    if (!unfit) {
      return;
    }
    tell(id, true);
    return () => tell(id, false);
  }, [unfit, tell, id]);
}
