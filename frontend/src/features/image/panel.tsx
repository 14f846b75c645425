import { useId, type ReactNode } from 'react';
import type { Step } from '../../lib/data/catalogue.ts';
import type { Image } from '../../lib/data/images.ts';
import { About } from './about.tsx';
import type { ImageChange } from './change.ts';
import { Facts } from './facts.tsx';
import type { Looked } from './looked.ts';
import classes from './panel.module.css';
import { Quality } from './quality.tsx';
import { Steps } from './steps.tsx';
import { Versions } from './versions.tsx';
import { words } from './words.ts';

interface PanelProps {
  readonly image: Image;
  readonly looked: Looked;
  readonly onLook: (what: string) => void;
  readonly onSave: (read: Image, change: ImageChange) => void;
}

/** All that is known about the picture. */
export function Panel({ image, looked, onLook, onSave }: PanelProps) {
  return (
    <div className={classes.panel}>
      <Section title={words.versions.title}>
        <Versions image={image} looked={looked} onLook={onLook} />
      </Section>
      <Section title={words.quality.title}>
        <Quality id={image.id} looked={looked} />
      </Section>
      <Section title={words.about}>
        <About image={image} onSave={onSave} />
      </Section>
      <Section title={words.steps.title}>
        <Steps steps={stepsOf(looked)} />
      </Section>
      <Section title={words.facts.title}>
        <Facts image={image} />
      </Section>
    </div>
  );
}

const stepsOf = (looked: Looked): readonly Step[] => (looked.kind === 'version' ? looked.version.recipe.steps : []);

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
