import { Button } from '@mantine/core';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { words } from './words.ts';

/** There are pictures, but none like that. */
export function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyCase title={words.nothing.title} text={words.nothing.text}>
      <Button variant="default" onClick={onClear}>
        {words.nothing.action}
      </Button>
    </EmptyCase>
  );
}
