import { UnstyledButton } from '@mantine/core';
import type { CSSProperties } from 'react';
import { nameOf } from '../../lib/data/name-of.ts';
import { Picture } from '../../ui/picture.tsx';
import { sharedUrl, type SharedImage } from './queries.ts';
import { ratioOf } from './shared-picture.ts';
import classes from './visitor.module.css';

interface SharedGridProps {
  readonly token: string;
  readonly images: readonly SharedImage[];
  readonly onOpen: (id: string) => void;
}

/** Rows of one height, by flexbox alone: each picture grows by its shape. */
export function SharedGrid({ token, images, onOpen }: SharedGridProps) {
  return (
    <ul className={classes.grid}>
      {images.map((image) => (
        <li
          key={image.id}
          className={classes.cell}
          style={{ '--ratio': ratioOf(image.width, image.height) } as CSSProperties}
        >
          <UnstyledButton className={classes.open} onClick={() => onOpen(image.id)}>
            <Picture
              src={sharedUrl(token, image.id, 'thumb')}
              alt={nameOf(image)}
              thumbhash={image.thumbhash}
              className={classes.picture ?? ''}
            />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
