import { Button, Skeleton, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { sentenceOf } from '../../lib/data/catalogue.ts';
import { formatNumber } from '../../lib/format.ts';
import { tellProblem } from '../../ui/toast.ts';
import { byCost, inspectionIn, splitSentence, useInspection, type Inspection } from './inspection.ts';
import type { Looked } from './looked.ts';
import classes from './panel.module.css';
import { words } from './words.ts';

/** The score as a sentence, what it is made of, and the rules that were not kept. */
export function Quality({ id, looked }: { id: string; looked: Looked }) {
  const measured = useInspection(id, looked.kind === 'version' ? looked.version.id : '');
  const known = inspectionIn(looked) ?? measured.data;
  if (known) return <Told {...known} />;
  if (looked.kind === 'unread') return <Skeleton height={48} />;
  const measure = async () => {
    const { error } = await measured.refetch();
    if (error) tellProblem(error);
  };
  return (
    <div className={classes.unmeasured}>
      <Text size="sm" c="dimmed">
        {words.quality.unmeasured}
      </Text>
      <Button variant="default" loading={measured.isFetching} onClick={() => void measure()}>
        {words.quality.measure}
      </Button>
    </div>
  );
}

/** What a part of the score, or a rule, is called. */
const nameOf = (name: string): string => words.quality.names[name] ?? sentenceOf(name);

function Told({ score, gates }: Inspection) {
  const { value, text } = splitSentence(score);
  const failed = gates.filter(({ passed }) => !passed);
  const reasons = new Set(failed.map(({ name, reason }) => reason || nameOf(name)));
  return (
    <>
      <p className={classes.score}>
        <b>{value}</b> {text}
      </p>
      {[...reasons].map((reason) => (
        <p key={reason} className={classes.failed}>
          <IconAlertTriangle size={18} stroke={1.6} aria-hidden /> {reason}
        </p>
      ))}
      <details className={classes.fold}>
        <summary>{words.quality.parts}</summary>
        <ul className={classes.parts}>
          {byCost(score.parts).map(({ name, value: part }) => (
            <li key={name}>
              <span>{nameOf(name)}</span>
              <meter min={0} max={100} low={50} high={80} optimum={100} value={part} aria-label={nameOf(name)} />
              <span title={words.quality.outOf(formatNumber(part))}>{formatNumber(Math.round(part))}</span>
            </li>
          ))}
        </ul>
      </details>
      {gates.length > failed.length && (
        <details className={classes.fold}>
          <summary>{words.quality.gates(gates.length - failed.length)}</summary>
          <ul className={classes.gates}>
            {gates
              .filter(({ passed }) => passed)
              .map(({ name }) => (
                <li key={name}>{nameOf(name)}</li>
              ))}
          </ul>
        </details>
      )}
    </>
  );
}
