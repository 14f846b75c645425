import { ActionIcon, Anchor, Button } from '@mantine/core';
import { IconAlertTriangle, IconFileSpreadsheet, IconFileZip, IconX } from '@tabler/icons-react';
import { formatBytes } from '../../lib/format.ts';
import type { Extra } from './picked.ts';
import type { Obstacle, Plan } from './plan.ts';
import { useTableFacts } from './table-facts.ts';
import classes from './extras.module.css';
import { dropExtra, dropPictures } from './uploads.ts';
import { words } from './words.ts';

interface ExtrasProps {
  readonly extras: readonly Extra[];
  readonly plan: Plan;
  /** undefined: not known. */
  readonly most_zip_bytes: number | undefined;
  readonly onLinks: (list: File) => void;
}

/** The spreadsheet and the zip that were chosen, each with what is wrong with it. */
export function Extras({ extras, plan, most_zip_bytes, onLinks }: ExtrasProps) {
  const isUnreadable = useTableFacts(plan.table).data?.problem !== undefined;
  if (extras.length === 0) return null;
  // What is wrong with the spreadsheet comes first.
  const obstacle = plan.obstacle === 'table-alone' && isUnreadable ? undefined : plan.obstacle;
  return (
    <div>
      <ul className={classes.cards} aria-label={words.extras.label}>
        {extras.map((extra) => (
          <Card key={`${extra.file.name} ${extra.file.size}`} extra={extra} onLinks={onLinks} />
        ))}
      </ul>
      {obstacle && <Notice text={textOf(obstacle, most_zip_bytes)} />}
      {plan.obstacle === 'archive-and-pictures' && (
        <Button variant="default" mt="sm" onClick={dropPictures}>
          {words.extras.dropPictures}
        </Button>
      )}
    </div>
  );
}

const textOf = (obstacle: Obstacle, most_zip_bytes = 0): string =>
  obstacle === 'archive-too-large'
    ? words.extras.archiveTooLarge(formatBytes(most_zip_bytes))
    : words.extras.obstacles[obstacle];

function Card({ extra, onLinks }: { extra: Extra; onLinks: ExtrasProps['onLinks'] }) {
  const { kind, file } = extra;
  const Glyph = kind === 'table' ? IconFileSpreadsheet : IconFileZip;
  const facts = useTableFacts(kind === 'table' ? file : undefined).data;
  const toLinks = () => {
    dropExtra(extra);
    onLinks(file);
  };
  const rows = facts && facts.rows > 0 ? words.extras.tableRows(facts.rows) : '';
  return (
    <li className={classes.card}>
      <Glyph size={22} stroke={1.6} aria-hidden />
      <span className={classes.text}>
        <b title={file.name}>{file.name}</b>
        <small>{[words.extras[kind], rows, formatBytes(file.size)].filter(Boolean).join(' · ')}</small>
        {facts?.problem && <Notice text={words.extras.problems[facts.problem]} />}
        {facts?.problem === 'links' && (
          <Anchor component="button" type="button" size="sm" ta="left" onClick={toLinks}>
            {words.extras.toLinks}
          </Anchor>
        )}
      </span>
      <ActionIcon aria-label={words.extras.remove(file.name)} onClick={() => dropExtra(extra)}>
        <IconX size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </li>
  );
}

const Notice = ({ text }: { text: string }) => (
  <p className={classes.notice}>
    <IconAlertTriangle size={18} stroke={1.6} aria-hidden /> {text}
  </p>
);
