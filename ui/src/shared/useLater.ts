import { useEffect, useState } from 'react';

/** The value once it has stopped changing for a while: for questions to the host while typing. */
export function useLater<Value>(value: Value, delayMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), delayMs);
    return () => window.clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
