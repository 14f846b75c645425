import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { words } from '../words.ts';

export function Component() {
  return (
    <main>
      <EmptyCase isPage title={words.notFound.title} text={words.notFound.text}>
        <Button component={Link} to="/gallery">
          {words.notFound.action}
        </Button>
      </EmptyCase>
    </main>
  );
}
