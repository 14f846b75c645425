import { UnstyledButton } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import classes from './image-view.module.css';

interface BarButtonProps extends ComponentPropsWithRef<'button'> {
  readonly icon: Icon;
  readonly label: string;
}

/** An action on the picture: icon and word. Beside each other in the top line, below one another on phones. */
export function BarButton({ icon: Glyph, label, ...button }: BarButtonProps) {
  return (
    <UnstyledButton {...button} className={classes.action} title={label}>
      <Glyph size={20} stroke={1.6} aria-hidden />
      <span>{label}</span>
    </UnstyledButton>
  );
}
