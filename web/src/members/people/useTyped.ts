import { useEffect, useState } from 'react';

/** What is being typed, handed on once the hands rest: a search as one types without a call a letter. */
export function useTyped(value: string, onRest: (value: string) => void): [string, (value: string) => void] {
  const [typed, setTyped] = useState(value);
  const [given, setGiven] = useState(value);
  if (given !== value) {
    setGiven(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = window.setTimeout(() => onRest(typed), 200);
    return () => window.clearTimeout(timer);
  }, [typed, value, onRest]);
  return [typed, setTyped];
}
