import { useEffect, useState } from 'react';
import { useExternal } from '../../lib/api/external.ts';
import { isOpen } from '../../lib/jobs/job.ts';
import { KindChips } from '../../ui/kind-chips.tsx';
import { filtered, FILTERS, rowsOf, sumsOf, type Filter, type Row, type Sums } from './rows-of.ts';
import { Course } from './course.tsx';
import { Options, type OptionsProps } from './options.tsx';
import type { Picked } from './picked.ts';
import { Rows } from './rows.tsx';
import type { Sending } from './sending.ts';
import classes from './upload.module.css';
import { words } from './words.ts';

/** Chosen, and not begun. */
export function ReadyBoard({ picks, extras, onLinks }: OptionsProps) {
  const rows = rowsOf(picks);
  return (
    <div className={classes.board}>
      <Options picks={picks} extras={extras} onLinks={onLinks} />
      {rows.length > 0 && <Files rows={rows} sums={sumsOf(rows)} />}
    </div>
  );
}

/** On its way, or over. */
export function SendingBoard({ picks, sending }: { picks: readonly Picked[]; sending: Sending }) {
  const state = useExternal(sending.job);
  useEffect(() => sending.following.watch(), [sending]);
  const fateOf = (picked: Picked) => sending.fateOf(picked);
  const rows = rowsOf(picks, { tasks: state.tasks, over: !isOpen(state), fateOf });
  const sums = sumsOf(rows);
  return (
    <div className={classes.board}>
      <Course sending={sending} state={state.state} sums={sums} />
      <Files rows={rows} sums={sums} sending={sending} />
    </div>
  );
}

function Files({ rows, sums, sending }: { rows: readonly Row[]; sums: Sums; sending?: Sending }) {
  const [chosen, setChosen] = useState<Filter>('all');
  const countOf = (filter: Filter) => (filter === 'all' ? rows.length : sums.states[filter]);
  const offered = FILTERS.filter((filter) => filter === 'all' || countOf(filter) > 0);
  const filter = offered.includes(chosen) ? chosen : 'all';
  return (
    <>
      {offered.length > 1 && (
        <div className={classes.filters}>
          <KindChips
            label={words.filters.label}
            chosen={filter}
            onChoose={setChosen}
            kinds={offered.map((kind) => ({ kind, text: words.filters[kind], count: countOf(kind) }))}
          />
        </div>
      )}
      <Rows rows={filtered(rows, filter)} sending={sending} />
    </>
  );
}
