import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPhoto, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../lib/api/call.ts';
import { shownUrl } from '../lib/api/files.ts';
import type { Image } from '../lib/data/images.ts';
import { Picture } from '../ui/picture.tsx';
import type { ControlProps } from './control.ts';
import classes from './field.module.css';
import { PicturePicker } from './picture-picker.tsx';
import { words } from './words.ts';

const keyOf = (blob: string) => ['images', 'of-blob', blob] as const;
const LATEST = 200;

/** The image whose original it is, where it is one of the latest. */
const useImageOf = (blob: string) =>
  useQuery({
    queryKey: keyOf(blob),
    enabled: blob !== '',
    queryFn: async ({ signal }) => {
      const { items } = await call('get /images', { query: { limit: LATEST }, signal });
      return items.find((image) => image.blob === blob) ?? null;
    },
  });

/** One of your pictures, or none: the value is its original. */
export function BlobField({ label, value, onChange }: ControlProps) {
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const blob = typeof value === 'string' ? value : '';
  const image = useImageOf(blob).data;
  const choose = (chosen: Image) => {
    client.setQueryData(keyOf(chosen.blob), chosen);
    onChange(chosen.blob, 'final');
    close();
  };
  return (
    <div className={classes.blob}>
      {image && <Picture className={classes.thumb} src={shownUrl(image, 'thumb')} alt={image.title || image.name} />}
      {blob !== '' && !image && <span>{words.picture.chosen}</span>}
      <Button
        variant="default"
        aria-label={`${label}: ${words.picture.choose}`}
        leftSection={<IconPhoto size={18} stroke={1.6} />}
        onClick={open}
      >
        {blob === '' ? words.picture.choose : words.picture.change}
      </Button>
      {blob !== '' && (
        <Tooltip label={words.picture.none}>
          <ActionIcon size={40} aria-label={words.picture.none} onClick={() => onChange(null, 'final')}>
            <IconX size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
      {opened && <PicturePicker title={label} onChoose={choose} onClose={close} />}
    </div>
  );
}
