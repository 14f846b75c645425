/** Moves a line to and fro once, so that people see that it can be moved. */

/** How long the line takes from one place to the next. */
export const STRETCH_MS = 1100;
const PLACES_PERCENT = [78, 22, 50];
/** First the page comes to rest. */
const REST_MS = 900;
const SEEN_SHARE = 0.6;

export interface Gliding {
  /** Where the line shall go; how it gets there is up to the style. */
  readonly move: (percent: number) => void;
  /** It begins, or it is over. */
  readonly tell: (moving: boolean) => void;
}

/** Begins once most of it is in sight; ends at once when somebody takes over. Returns how to stop it. */
export function glide(root: HTMLElement, { move, tell }: Gliding): () => void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return () => undefined;
  const stopping = new AbortController();
  const { signal } = stopping;
  const timers: ReturnType<typeof setTimeout>[] = [];
  const at = (ms: number, run: () => void) => timers.push(setTimeout(run, ms));
  const stop = (): void => {
    sight.disconnect();
    stopping.abort();
    for (const timer of timers) clearTimeout(timer);
    tell(false);
  };
  const sight = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      sight.disconnect();
      at(REST_MS, () => tell(true));
      PLACES_PERCENT.forEach((percent, step) => at(REST_MS + 50 + step * STRETCH_MS, () => move(percent)));
      at(REST_MS + 50 + PLACES_PERCENT.length * STRETCH_MS, stop);
    },
    { threshold: SEEN_SHARE },
  );
  sight.observe(root);
  for (const kind of ['pointerdown', 'keydown', 'focusin']) root.addEventListener(kind, stop, { signal });
  return stop;
}
