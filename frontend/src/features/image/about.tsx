import { Stack, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api/call.ts';
import type { Image } from '../../lib/data/images.ts';
import { keys } from '../../lib/data/keys.ts';
import type { ImageChange } from './change.ts';
import { LineField } from './line-field.tsx';
import { words } from './words.ts';

interface AboutProps {
  readonly image: Image;
  readonly onSave: (read: Image, change: ImageChange) => void;
}

/** What people wrote on the picture. */
export function About({ image, onSave }: AboutProps) {
  const facets = useQuery({ queryKey: keys.facets(), queryFn: ({ signal }) => call('get /images/facets', { signal }) });
  return (
    <Stack gap="sm">
      <LineField label={words.sku} field="sku" image={image} onSave={onSave} maxLength={100} />
      <LineField label={words.productGroup} field="product_group" image={image} onSave={onSave} maxLength={100} />
      <TagsInput
        label={words.tags}
        placeholder={image.tags.length === 0 ? words.tagsHint : ''}
        value={[...image.tags]}
        data={facets.data?.tags.map(({ value }) => value) ?? []}
        limit={20}
        maxTags={50}
        maxLength={60}
        clearable={false}
        onChange={(tags) => onSave(image, { tags })}
      />
    </Stack>
  );
}
