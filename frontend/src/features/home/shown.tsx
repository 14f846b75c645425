import { BeforeAfter } from './before-after.tsx';
import classes from './shown.module.css';
import { words } from './words.ts';

type Example = keyof typeof words.examples;

/** Of the pictures in public/home, which docs/home_pictures.py makes. */
const SIZE = { width: 960, height: 640 };

/** A real result that ships with the app. */
export function Shown({ example, eager = false }: { example: Example; eager?: boolean }) {
  const what = words.examples[example];
  return (
    <figure className={classes.figure}>
      <BeforeAfter
        what={what}
        before={{ src: `/home/${example}-before.webp`, alt: words.before, ...SIZE }}
        after={{ src: `/home/${example}-after.webp`, alt: `${words.after}: ${what}`, ...SIZE }}
        {...SIZE}
        eager={eager}
        gliding
      />
      <figcaption>{what}</figcaption>
    </figure>
  );
}
