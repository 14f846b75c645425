import { Button, Text } from '@mantine/core';
import { IconBrush } from '@tabler/icons-react';
import type { ControlProps } from './control.ts';
import { words } from './words.ts';

/** A mask is painted on the picture; here is the way there. */
export function MaskField({ id, value, onPicture }: ControlProps) {
  const painted = typeof value === 'string' && value !== '';
  return (
    <>
      <Button
        id={id}
        variant="light"
        fullWidth
        disabled={!onPicture}
        leftSection={<IconBrush size={18} stroke={1.6} />}
        onClick={onPicture}
      >
        {painted ? words.paintAgain : words.paint}
      </Button>
      {!painted && (
        <Text size="sm" c="dimmed" mt={4}>
          {words.notPainted}
        </Text>
      )}
    </>
  );
}
