import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../lib/api/call.ts';
import { createBatch, useRememberBatch } from '../../lib/data/batches.ts';
import { useImagesChanged } from '../../lib/data/images.ts';
import { tellProblem } from '../../ui/toast.ts';
import { Shown } from './shown.tsx';
import classes from './studio.module.css';
import { words } from './words.ts';

/** What is done with them: it shows most at one look. */
const PRESET = 'catalog-white';

/** Photos of ours for a first minute that is not empty. What becomes of them shows among the latest. */
export function Samples() {
  const [asking, setAsking] = useState(false);
  const changed = useImagesChanged();
  const remember = useRememberBatch();
  const take = async (): Promise<void> => {
    setAsking(true);
    try {
      const { items } = await call('post /images/samples');
      const ids = items.flatMap(({ image }) => (image ? [image.id] : []));
      await changed();
      if (ids.length > 0) remember(await createBatch({ ids, preset: PRESET, name: words.samples.job }));
    } catch (error) {
      setAsking(false);
      tellProblem(error);
    }
  };
  return (
    <section className={classes.samples}>
      <Shown example="coffee" eager />
      <div>
        <Title order={2} size="h3">
          {words.samples.title}
        </Title>
        <Text c="dimmed" mt={4} mb="md">
          {words.samples.text}
        </Text>
        <Button variant="default" size="md" loading={asking} onClick={() => void take()}>
          {words.samples.action}
        </Button>
      </div>
    </section>
  );
}
