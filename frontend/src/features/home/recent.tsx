import { Group, Skeleton, Title } from '@mantine/core';
import { Link } from 'react-router';
import { originalShownUrl, shownUrl } from '../../lib/api/files.ts';
import type { Image } from '../../lib/data/images.ts';
import { nameOf } from '../../lib/data/name-of.ts';
import { Picture } from '../../ui/picture.tsx';
import { BeforeAfter } from './before-after.tsx';
import { fit } from './fit.ts';
import classes from './studio.module.css';
import { words } from './words.ts';

const SIDE_PX = 512;
const BOX = { width: SIDE_PX, height: SIDE_PX };
const PLACES = 8;

/** The latest pictures; edited ones beside what they were. undefined while they are asked for. */
export function Recent({ images }: { images: readonly Image[] | undefined }) {
  return (
    <section aria-label={words.recent}>
      <Group justify="space-between" align="baseline" mb="sm">
        <Title order={2} size="h3">
          {words.recent}
        </Title>
        <Link to="/gallery" className={classes.stock}>
          {words.gallery}
        </Link>
      </Group>
      <ul className={classes.recent}>
        {images
          ? images.map((image) => (
              <li key={image.id}>
                <Pair image={image} />
                <Link to={`/images/${image.id}`} className={classes.caption} aria-label={words.open(nameOf(image))}>
                  {nameOf(image)}
                </Link>
              </li>
            ))
          : Array.from({ length: PLACES }, (_, at) => (
              <li key={at}>
                <Skeleton radius={12} className={classes.square} />
              </li>
            ))}
      </ul>
    </section>
  );
}

function Pair({ image }: { image: Image }) {
  const edited = image.current_version !== '';
  const name = nameOf(image);
  const after = { src: shownUrl(image, 'thumb'), width: image.shown.width, height: image.shown.height };
  if (edited) {
    const before = { src: originalShownUrl(image, 'thumb'), width: image.width, height: image.height };
    return (
      <BeforeAfter
        before={{ ...before, alt: `${name}, ${words.before}` }}
        after={{ ...after, alt: `${name}, ${words.after}` }}
        what={name}
        {...BOX}
      />
    );
  }
  return (
    <Link to={`/images/${image.id}`} tabIndex={-1} aria-hidden className={classes.single}>
      <Picture {...after} alt={name} thumbhash={image.shown.thumbhash} style={fit(after, BOX)} />
    </Link>
  );
}
