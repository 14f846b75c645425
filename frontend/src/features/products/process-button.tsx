import { Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import classes from './products.module.css';
import { words } from './words.ts';

interface ProcessButtonProps {
  readonly name: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

/** On phones it is its icon alone. */
export const ProcessButton = ({ name, disabled, onClick }: ProcessButtonProps) => (
  <Button variant="subtle" className={classes.process} aria-label={words.processWhat(name)} {...{ disabled, onClick }}>
    <IconSparkles size={18} stroke={1.6} aria-hidden />
    <span className={classes.word}>{words.process}</span>
  </Button>
);
