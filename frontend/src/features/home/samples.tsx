import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../lib/api/call.ts';
import { useImagesChanged } from '../../lib/data/images.ts';
import { applyTo } from '../../lib/jobs/apply.ts';
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
  const take = async (): Promise<void> => {
    setAsking(true);
    try {
      const { items } = await call('post /images/samples');
      const images = items.flatMap(({ image }) => (image ? [{ id: image.id, name: image.name }] : []));
      const job = applyTo(words.samples.job, images, { preset: PRESET }, '/gallery');
      void job.ended().then(() => changed());
      await changed();
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
