import { Stack } from '@mantine/core';
import type { Image } from '../../lib/data/images.ts';
import { TagsField } from '../../ui/tags-field.tsx';
import type { ImageChange } from './change.ts';
import { LineField } from './line-field.tsx';
import { words } from './words.ts';

interface AboutProps {
  readonly image: Image;
  readonly onSave: (read: Image, change: ImageChange) => void;
}

/** What people wrote on the picture. */
export function About({ image, onSave }: AboutProps) {
  return (
    <Stack gap="sm">
      <LineField label={words.sku} field="sku" image={image} onSave={onSave} maxLength={100} />
      <LineField label={words.productGroup} field="product_group" image={image} onSave={onSave} maxLength={100} />
      <TagsField
        label={words.tags}
        placeholder={image.tags.length === 0 ? words.tagsHint : ''}
        value={image.tags}
        onChange={(tags) => onSave(image, { tags })}
      />
    </Stack>
  );
}
