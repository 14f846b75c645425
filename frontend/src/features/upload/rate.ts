/** How fast bytes go, of late: what went before a pause or a slow stretch does not count. */
import { useEffect, useEffectEvent, useState } from 'react';

export interface Sample {
  readonly at_ms: number;
  readonly bytes: number;
}

const SPAN_MS = 12_000;
const EACH_MS = 1000;

/** Bytes a second over the samples; 0 where nothing is known. */
export function rateOf(samples: readonly Sample[]): number {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at_ms === first.at_ms) return 0;
  return Math.max(0, ((last.bytes - first.bytes) / (last.at_ms - first.at_ms)) * 1000);
}

/** With one more, without those that are too old. Fewer bytes than before begin a new count: a file was tried again. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last && sample.bytes < last.bytes) return [sample];
  return [...samples.filter(({ at_ms }) => at_ms > sample.at_ms - SPAN_MS), sample];
}

/** Looked at once a second while it runs. */
export function useRate(bytes: number, running: boolean): number {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const look = useEffectEvent(() => setSamples((before) => withSample(before, { at_ms: Date.now(), bytes })));
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(look, EACH_MS);
    return () => {
      clearInterval(timer);
      setSamples([]);
    };
  }, [running]);
  return rateOf(samples);
}
