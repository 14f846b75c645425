import { ActionIcon, Tooltip } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';

interface StageToolProps {
  readonly label: string;
  readonly onClick?: () => void;
  /** Instead of a click: true while it is pressed, by pointer, Space or Enter. */
  readonly onHold?: (held: boolean) => void;
  readonly disabled?: boolean;
  /** Of a switch: whether it is on. */
  readonly pressed?: boolean;
  readonly children: ReactNode;
}

/** A button beside those for zooming. */
export function StageTool({ label, onClick, onHold, disabled = false, pressed, children }: StageToolProps) {
  const on = pressed === true;
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={40}
        aria-label={label}
        aria-pressed={pressed}
        variant={on ? 'light' : 'subtle'}
        color={on ? 'glass' : 'gray'}
        disabled={disabled}
        onClick={onClick}
        {...(onHold && holding(onHold))}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function holding(onHold: (held: boolean) => void) {
  const begin = () => onHold(true);
  const end = () => onHold(false);
  const byKey = (held: boolean) => (event: KeyboardEvent) => {
    if (event.key === ' ' || event.key === 'Enter') onHold(held);
  };
  return {
    onPointerDown: begin,
    onPointerUp: end,
    onPointerLeave: end,
    onPointerCancel: end,
    onBlur: end,
    onKeyDown: byKey(true),
    onKeyUp: byKey(false),
    // A long press is no wish for the menu of the browser.
    onContextMenu: (event: { preventDefault: () => void }) => event.preventDefault(),
  };
}
