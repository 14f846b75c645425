import classes from './admin.module.css';

/** What it is, and how much: ready to be read. */
export type Figure = readonly [name: string, value: string];

/** Figures side by side. */
export function FigureTable({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={classes.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
