import { useEffect, useState } from 'react';

/** The value once it has been still for a moment: asks once for what is typed, not at every key. */
export function useDebounced<T>(value: T, milliseconds = 200): T {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setStill(value), milliseconds);
    return () => window.clearTimeout(timer);
  }, [value, milliseconds]);
  return still;
}
