import { Autocomplete, Button, Checkbox, Group, TagsInput, Text, Title } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useAlbums } from '../../lib/data/albums.ts';
import { formatBytes } from '../../lib/format.ts';
import { PresetSelect } from '../../params/preset-select.tsx';
import { tellProblem } from '../../ui/toast.ts';
import { ChooseButton } from './choose-button.tsx';
import { bytesOf, tagOf, type Picked } from './picked.ts';
import classes from './upload.module.css';
import { albumNamed, clearUpload, startUpload, type UploadWish } from './uploads.ts';
import { words } from './words.ts';

const MOST_TAGS = 40;
const LONGEST_NAME = 200;
const NAMED_FOLDERS = 2;

/** Before it begins: where the pictures go, what they are tagged with, and what is done with them. */
export function Options({ picks }: { picks: readonly Picked[] }) {
  const sent = picks.filter(({ left }) => left === '');
  const albums = useAlbums();
  const [album, setAlbum] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const [folderTags, setFolderTags] = useState(false);
  const [apply, setApply] = useState<UploadWish['apply']>();
  const [starting, setStarting] = useState(false);
  const folders = foldersOf(sent);
  const known = albums.data ?? [];
  const names = [...new Set(known.map(({ name }) => name))];

  const start = async (): Promise<void> => {
    setStarting(true);
    try {
      const name = album.trim();
      startUpload({ album: name === '' ? undefined : await albumNamed(name, known), tags, folderTags, apply });
    } catch (error) {
      setStarting(false);
      tellProblem(error);
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void start();
  };

  return (
    <form onSubmit={submit} className={classes.options}>
      <Group justify="space-between" align="baseline">
        <Title order={1} size="h2">
          {words.ready(sent.length, formatBytes(bytesOf(sent)))}
        </Title>
        <Group gap="sm">
          <ChooseButton from="files" variant="subtle">
            {words.chooseMore}
          </ChooseButton>
          <Button variant="subtle" color="gray" onClick={clearUpload}>
            {words.clear}
          </Button>
        </Group>
      </Group>
      <div className={classes.fields}>
        <Autocomplete
          label={words.options.album}
          placeholder={words.options.albumHint}
          description={album.trim() !== '' && !names.includes(album.trim()) ? words.options.newAlbum : undefined}
          inputWrapperOrder={['label', 'input', 'description']}
          data={names}
          value={album}
          onChange={setAlbum}
          maxLength={LONGEST_NAME}
          limit={20}
        />
        <TagsInput
          label={words.options.tags}
          placeholder={tags.length === 0 ? words.options.tagsHint : undefined}
          value={tags}
          onChange={(next) => setTags([...new Set(next.map(tagOf).filter(Boolean))])}
          maxTags={MOST_TAGS}
          acceptValueOnBlur
        />
        <PresetSelect
          clearable
          label={words.options.apply}
          value={apply?.wish}
          onChange={(wish, title) => setApply(wish && { wish, title })}
        />
      </div>
      {folders.length > 0 && (
        <Checkbox
          checked={folderTags}
          onChange={({ currentTarget }) => setFolderTags(currentTarget.checked)}
          label={words.options.folders(shortened(folders))}
        />
      )}
      <Button type="submit" size="md" loading={starting} disabled={sent.length === 0} className={classes.start}>
        {words.start(sent.length)}
      </Button>
      {sent.length === 0 && <Text size="sm">{words.reasons['no-picture']}</Text>}
    </form>
  );
}

const foldersOf = (picks: readonly Picked[]): string[] =>
  [...new Set(picks.map(({ folder }) => tagOf(folder)))].filter(Boolean);

function shortened(folders: readonly string[]): string {
  const more = folders.length - NAMED_FOLDERS;
  return [...folders.slice(0, NAMED_FOLDERS), ...(more > 0 ? [words.options.more(more)] : [])].join(', ');
}
