import { Button, Checkbox, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { albumNamed, useAlbums } from '../../lib/data/albums.ts';
import { useDoors } from '../../lib/data/doors.ts';
import { formatBytes } from '../../lib/format.ts';
import { PresetSelect } from '../../params/preset-select.tsx';
import { AlbumField } from '../../ui/album-field.tsx';
import { TagsField } from '../../ui/tags-field.tsx';
import { tellProblem } from '../../ui/toast.ts';
import type { Then } from './batch-wish.ts';
import { ChooseButton } from './choose-button.tsx';
import { Extras } from './extras.tsx';
import { tagOf, type Picked } from './picked.ts';
import { planOf, type Plan } from './plan.ts';
import type { UploadWish } from './sending.ts';
import { useTableFacts } from './table-facts.ts';
import classes from './upload.module.css';
import { clearUpload, startUpload, type Upload } from './uploads.ts';
import { words } from './words.ts';

const NAMED_FOLDERS = 2;
/** What buttons without an edge keep free beside their words. */
const SUBTLE_PX = 18;

interface Chosen extends Omit<UploadWish, 'album'> {
  /** Name of one there is, or of a new one; '' for none. */
  readonly album: string;
}

const NOTHING: Chosen = { album: '', tags: [], folderTags: false, then: undefined };

export interface OptionsProps extends Pick<Upload, 'picks' | 'extras'> {
  /** A chosen spreadsheet lists addresses rather than files. */
  readonly onLinks: (list: File) => void;
}

/** Before it begins: where the pictures go, what they are tagged with, and what is done with them. */
export function Options({ picks, extras, onLinks }: OptionsProps) {
  const { most_zip_bytes } = useDoors();
  const plan = planOf(picks, extras, most_zip_bytes);
  const [chosen, setChosen] = useState(NOTHING);
  const change = (part: Partial<Chosen>) => setChosen((before) => ({ ...before, ...part }));
  const folders = foldersOf(plan.pictures);
  // No form: Enter ends a tag or takes an album, and must not send a thousand pictures by the way.
  return (
    <div className={classes.options}>
      <Head plan={plan} />
      <Extras {...{ extras, plan, most_zip_bytes, onLinks }} />
      <Fields chosen={chosen} needsPreset={plan.needsPreset} onChange={change} />
      {folders.length > 0 && (
        <Checkbox
          checked={chosen.folderTags}
          onChange={({ currentTarget }) => change({ folderTags: currentTarget.checked })}
          label={words.options.folders(shortened(folders))}
        />
      )}
      <Groups then={chosen.then} onChange={(then) => change({ then })} />
      <Start plan={plan} chosen={chosen} />
    </div>
  );
}

function Start({ plan, chosen }: { plan: Plan; chosen: Chosen }) {
  const { starting, start } = useStart(chosen);
  const facts = useTableFacts(plan.table);
  const isUnreadable = plan.table !== undefined && facts.data?.problem !== undefined;
  const lacksPreset = plan.needsPreset && !chosen.then;
  return (
    <>
      <Button
        size="md"
        loading={starting}
        disabled={plan.obstacle !== undefined || isUnreadable || lacksPreset}
        className={classes.start}
        onClick={() => void start()}
      >
        {plan.archive ? words.startZip : words.start(plan.pictures.length)}
      </Button>
      {plan.obstacle === 'nothing' && <Text size="sm">{words.extras.obstacles.nothing}</Text>}
      {lacksPreset && !plan.obstacle && !isUnreadable && (
        <Text size="sm" c="dimmed">
          {words.extras.needsPreset}
        </Text>
      )}
    </>
  );
}

function Groups({ then, onChange }: { then: Then | undefined; onChange: (then: Then) => void }) {
  if (!then) return null;
  return (
    <Checkbox
      checked={then.by_product_group}
      onChange={({ currentTarget }) => onChange({ ...then, by_product_group: currentTarget.checked })}
      label={words.options.groups}
    />
  );
}

function useStart({ album, ...wish }: Chosen) {
  const known = useAlbums().data ?? [];
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  const start = async (): Promise<void> => {
    setStarting(true);
    try {
      const into = await albumNamed(album, known);
      startUpload({ ...wish, album: into }, (to) => void navigate(to));
    } catch (error) {
      setStarting(false);
      tellProblem(error);
    }
  };
  return { starting, start };
}

function Head({ plan: { archive, table, pictures, bytes } }: { plan: Plan }) {
  const size = formatBytes(bytes);
  const title = archive ? words.readyZip(size) : words.ready(pictures.length, size);
  return (
    <Group justify="space-between" align="baseline">
      <Title order={1} size="h2">
        {!archive && table && pictures.length === 0 ? words.readyTable : title}
      </Title>
      <Group gap="sm" ml={{ base: -SUBTLE_PX, xs: 0 }}>
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

interface FieldsProps {
  readonly chosen: Chosen;
  readonly needsPreset: boolean;
  readonly onChange: (part: Partial<Chosen>) => void;
}

function Fields({ chosen, needsPreset, onChange }: FieldsProps) {
  const { album, tags, then } = chosen;
  const by_product_group = then?.by_product_group ?? false;
  return (
    <div className={classes.fields}>
      <AlbumField label={words.options.album} value={album} onChange={(next) => onChange({ album: next })} />
      <TagsField
        label={words.options.tags}
        placeholder={tags.length === 0 ? words.options.tagsHint : undefined}
        value={tags}
        onChange={(next) => onChange({ tags: next })}
      />
      <PresetSelect
        clearable={!needsPreset}
        required={needsPreset}
        label={words.options.apply}
        value={then?.wish}
        onChange={(wish, title) => onChange({ then: wish && { wish, title, by_product_group } })}
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
