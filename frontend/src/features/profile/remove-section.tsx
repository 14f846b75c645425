import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Section } from './section.tsx';
import { words } from './words.ts';

const RemoveAccount = lazy(() => import('./remove-account.tsx'));

export function RemoveSection() {
  const [asked, setAsked] = useState(false);
  return (
    <Section id="remove" title={words.remove.title} text={words.remove.text}>
      <Button variant="outline" color="red" onClick={() => setAsked(true)}>
        {words.remove.open}
      </Button>
      <Suspense fallback={null}>{asked && <RemoveAccount onClose={() => setAsked(false)} />}</Suspense>
    </Section>
  );
}
