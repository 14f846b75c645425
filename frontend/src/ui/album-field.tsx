import { Autocomplete } from '@mantine/core';
import { useAlbums } from '../lib/data/albums.ts';
import { words } from './words.ts';

const LONGEST_NAME = 200;
const SUGGESTED = 20;

interface AlbumFieldProps {
  readonly label: string;
  /** Name of one there is, or of a new one; '' for none. */
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** An album by its name, whether there is one already or not. */
export function AlbumField({ label, value, onChange }: AlbumFieldProps) {
  const names = [...new Set(useAlbums().data?.map(({ name }) => name))];
  const isNew = value.trim() !== '' && !names.includes(value.trim());
  return (
    <Autocomplete
      label={label}
      placeholder={words.albumHint}
      description={isNew ? words.newAlbum : undefined}
      inputWrapperOrder={['label', 'input', 'description']}
      data={names}
      value={value}
      onChange={onChange}
      maxLength={LONGEST_NAME}
      limit={SUGGESTED}
    />
  );
}
