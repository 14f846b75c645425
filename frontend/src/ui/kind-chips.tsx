import { formatNumber } from '../lib/format.ts';
import classes from './kind-chips.module.css';

interface KindChipsProps<K extends string> {
  readonly label: string;
  readonly kinds: readonly { readonly kind: K; readonly text: string; readonly count: number }[];
  readonly chosen: K;
  readonly onChoose: (kind: K) => void;
}

/** Of which kind what is shown is; each tells how many there are. They scroll sideways where they do not fit. */
export function KindChips<K extends string>({ label, kinds, chosen, onChoose }: KindChipsProps<K>) {
  return (
    <div role="group" aria-label={label} className={classes.kinds}>
      {kinds.map(({ kind, text, count }) => (
        <button
          key={kind}
          type="button"
          className={classes.chip}
          data-kind={kind}
          aria-pressed={kind === chosen}
          onClick={() => onChoose(kind)}
        >
          {text} <span className={classes.count}>{formatNumber(count)}</span>
        </button>
      ))}
    </div>
  );
}
