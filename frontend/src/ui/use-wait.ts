import { useEffect, useState } from 'react';

const SECOND_MS = 1000;

/** Seconds that are left to wait, counted down; and how to begin. */
export function useWait(): readonly [left_s: number, wait: (seconds: number) => void] {
  const [left_s, setLeft] = useState(0);
  useEffect(() => {
    if (left_s <= 0) return;
    const timer = setTimeout(() => setLeft(left_s - 1), SECOND_MS);
    return () => clearTimeout(timer);
  }, [left_s]);
  return [left_s, setLeft];
}
