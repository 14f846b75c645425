import { Autocomplete, Button, Checkbox, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useAlbums } from '../../lib/data/albums.ts';
import { formatBytes } from '../../lib/format.ts';
import { PresetSelect } from '../../params/preset-select.tsx';
import { TagsField } from '../../ui/tags-field.tsx';
import { tellProblem } from '../../ui/toast.ts';
import { ChooseButton } from './choose-button.tsx';
import { bytesOf, tagOf, type Picked } from './picked.ts';
import classes from './upload.module.css';
import { albumNamed, clearUpload, startUpload, type UploadWish } from './uploads.ts';
import { words } from './words.ts';

const LONGEST_NAME = 200;
const NAMED_FOLDERS = 2;

interface Chosen extends Omit<UploadWish, 'album'> {
  /** Name of one there is, or of a new one; '' for none. */
  readonly album: string;
}

const NOTHING: Chosen = { album: '', tags: [], folderTags: false, apply: undefined };

/** Before it begins: where the pictures go, what they are tagged with, and what is done with them. */
export function Options({ picks }: { picks: readonly Picked[] }) {
  const sent = picks.filter(({ left }) => left === '');
  const [chosen, setChosen] = useState(NOTHING);
  const { starting, start } = useStart(chosen);
  const change = (part: Partial<Chosen>) => setChosen((before) => ({ ...before, ...part }));
  const folders = foldersOf(sent);
  // No form: Enter ends a tag or takes an album, and must not send a thousand pictures by the way.
  return (
    <div className={classes.options}>
      <Head sent={sent} />
      <Fields chosen={chosen} onChange={change} />
      {folders.length > 0 && (
        <Checkbox
          checked={chosen.folderTags}
          onChange={({ currentTarget }) => change({ folderTags: currentTarget.checked })}
          label={words.options.folders(shortened(folders))}
        />
      )}
      <Button
        size="md"
        loading={starting}
        disabled={sent.length === 0}
        className={classes.start}
        onClick={() => void start()}
      >
        {words.start(sent.length)}
      </Button>
      {sent.length === 0 && <Text size="sm">{words.reasons['no-picture']}</Text>}
    </div>
  );
}

function useStart({ album, ...wish }: Chosen) {
  const known = useAlbums().data ?? [];
  const [starting, setStarting] = useState(false);
  const start = async (): Promise<void> => {
    setStarting(true);
    try {
      const name = album.trim();
      startUpload({ ...wish, album: name === '' ? undefined : await albumNamed(name, known) });
    } catch (error) {
      setStarting(false);
      tellProblem(error);
    }
  };
  return { starting, start };
}

function Head({ sent }: { sent: readonly Picked[] }) {
  return (
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
  );
}

function Fields({ chosen, onChange }: { chosen: Chosen; onChange: (part: Partial<Chosen>) => void }) {
  const { album, tags, apply } = chosen;
  const names = [...new Set(useAlbums().data?.map(({ name }) => name))];
  const isNew = album.trim() !== '' && !names.includes(album.trim());
  return (
    <div className={classes.fields}>
      <Autocomplete
        label={words.options.album}
        placeholder={words.options.albumHint}
        description={isNew ? words.options.newAlbum : undefined}
        inputWrapperOrder={['label', 'input', 'description']}
        data={names}
        value={album}
        onChange={(next) => onChange({ album: next })}
        maxLength={LONGEST_NAME}
        limit={20}
      />
      <TagsField
        label={words.options.tags}
        placeholder={tags.length === 0 ? words.options.tagsHint : undefined}
        value={tags}
        onChange={(next) => onChange({ tags: next })}
      />
      <PresetSelect
        clearable
        label={words.options.apply}
        value={apply?.wish}
        onChange={(wish, title) => onChange({ apply: wish && { wish, title } })}
      />
    </div>
  );
}

const foldersOf = (picks: readonly Picked[]): string[] =>
  [...new Set(picks.map(({ folder }) => tagOf(folder)))].filter(Boolean);

function shortened(folders: readonly string[]): string {
  const more = folders.length - NAMED_FOLDERS;
  return [...folders.slice(0, NAMED_FOLDERS), ...(more > 0 ? [words.options.more(more)] : [])].join(', ');
}
