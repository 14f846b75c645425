import { ActionIcon, Switch, Text, UnstyledButton } from '@mantine/core';
import { useSortable } from '@dnd-kit/sortable';
import { IconChevronDown, IconGripVertical } from '@tabler/icons-react';
import { useId, type CSSProperties } from 'react';
import { formatSpan } from '../../lib/format.ts';
import classes from './stack.module.css';
import { StepSettings } from './step-settings.tsx';
import { digestOf, isReady, stepTitle } from './steps.ts';
import type { DraftStep } from './types.ts';
import type { Bench } from './use-bench.ts';
import { words } from './words.ts';

/** Less is nothing to anybody. */
const SHORTEST_TOLD_MS = 1;

export interface StepCardProps {
  readonly step: DraftStep;
  readonly bench: Bench;
}

/** One step: switched on or off, moved, and set. */
export function StepCard({ step, bench }: StepCardProps) {
  const { drafting, operations, open, openStep, trouble } = bench;
  const id = useId();
  const title = stepTitle(step.operation, operations);
  const isOpen = open?.key === step.key;
  const { setNodeRef, style, isDragging, handle } = useDragging(step.key);
  const hasTrouble = trouble?.key === step.key;
  return (
    <li
      ref={setNodeRef}
      style={style}
      className={classes.card}
      data-open={isOpen}
      data-dragging={isDragging}
      data-off={!step.enabled}
      data-trouble={hasTrouble}
    >
      <div className={classes.head}>
        <ActionIcon {...handle} className={classes.handle} aria-label={words.step.move(title)}>
          <IconGripVertical size={18} stroke={1.6} />
        </ActionIcon>
        <UnstyledButton
          className={classes.title}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => openStep(isOpen ? undefined : step)}
        >
          <span className={classes.name}>{title}</span>
          <Line step={step} bench={bench} />
          <IconChevronDown size={18} stroke={1.6} className={classes.chevron} aria-hidden />
        </UnstyledButton>
        <Switch
          className={classes.switch}
          aria-label={words.step.on(title)}
          checked={step.enabled}
          onChange={({ currentTarget: { checked: enabled } }) =>
            drafting.change({ type: 'switch', key: step.key, enabled })
          }
        />
      </div>
      <div id={id}>{isOpen && <StepSettings step={step} bench={bench} />}</div>
      {hasTrouble && !isOpen && (
        <Text role="alert" size="sm" className={classes.trouble}>
          {trouble.text}
        </Text>
      )}
    </li>
  );
}

function useDragging(key: string) {
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: key });
  // Steps move up and down only, and are never stretched to the size of the one they pass.
  const style: CSSProperties = {
    transform: transform ? `translateY(${transform.y}px)` : undefined,
    transition,
  };
  return { setNodeRef, style, isDragging, handle: { ...attributes, ...listeners } };
}

/** What it does now, and what that took. */
function Line({ step, bench: { operations, times } }: StepCardProps) {
  const operation = operations.get(step.operation);
  const time = step.enabled ? (times.get(step.key) ?? 0) : 0;
  const digest = operation ? digestOf(operation.params, step.params) : '';
  const state = step.enabled ? !isReady(step, operations) && words.step.waits : words.step.off;
  return (
    <>
      {(state || digest) && <span className={classes.digest}>{state || digest}</span>}
      {time >= SHORTEST_TOLD_MS && <span className={classes.time}>{formatSpan(time)}</span>}
    </>
  );
}
