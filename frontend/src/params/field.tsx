import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconInfoCircle, IconRotate } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import classes from './field.module.css';
import { words } from './words.ts';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  /** The label belongs to an input with this id; left out: to a group. */
  readonly inputId?: string | undefined;
  readonly labelId: string;
  /** undefined: it is as it was at first. */
  readonly onReset: (() => void) | undefined;
  /** Stands in the line of the label. */
  readonly beside?: ReactNode;
  readonly children?: ReactNode;
}

/** One parameter: its label, what it means, the way back to its default, and its control. */
export function Field(props: FieldProps) {
  const { name, label, description = '', error, inputId, labelId, onReset, beside, children } = props;
  return (
    <div data-param={name}>
      <div className={classes.head}>
        {inputId === undefined ? (
          <span id={labelId} className={classes.label}>
            {label}
          </span>
        ) : (
          <label id={labelId} htmlFor={inputId}>
            {label}
          </label>
        )}
        {description !== '' && <About label={label} text={description} />}
        <span className={classes.spring} />
        {onReset && (
          <Tooltip label={words.reset(label)}>
            <ActionIcon size={28} aria-label={words.reset(label)} onClick={onReset}>
              <IconRotate size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
        {beside}
      </div>
      {children}
      {error !== undefined && (
        <p role="alert" className={classes.error}>
          {error}
        </p>
      )}
    </div>
  );
}

function About({ label, text }: { label: string; text: string }) {
  const id = useId();
  return (
    <Tooltip label={text} multiline maw={260} openDelay={120} events={{ hover: true, focus: true, touch: true }}>
      <ActionIcon size={28} aria-label={words.about(label)} aria-describedby={id}>
        <IconInfoCircle size={16} stroke={1.6} />
        <VisuallyHidden id={id}>{text}</VisuallyHidden>
      </ActionIcon>
    </Tooltip>
  );
}
