import { Button, Checkbox, Text, Title } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { albumNamed, useAlbums } from '../../lib/data/albums.ts';
import { createImport, MOST_LINKS, useRememberImport } from '../../lib/data/imports.ts';
import { PresetSelect } from '../../params/preset-select.tsx';
import { AlbumField } from '../../ui/album-field.tsx';
import { TagsField } from '../../ui/tags-field.tsx';
import { tellProblem } from '../../ui/toast.ts';
import { addressesOf, type Pasted } from './addresses.ts';
import { ListPart } from './list-part.tsx';
import type { LinkList } from './link-list.ts';
import classes from './links.module.css';
import { PasteField } from './paste-field.tsx';
import { importWishOf, NOTHING, type Chosen } from './wish.ts';
import { useList } from './use-list.ts';
import { words } from './words.ts';

/** Pictures from addresses: pasted, or listed in a file. handed: a list that was chosen elsewhere. */
export function Links({ handed }: { handed?: File | undefined }) {
  const [text, setText] = useState('');
  const { list, choose, drop } = useList(handed);
  const [chosen, setChosen] = useState(NOTHING);
  // Reading a hundred thousand of them takes a moment: typing goes first.
  const settled = useDeferredValue(text);
  const pasted = useMemo(() => addressesOf(settled), [settled]);
  const count = list ? list.count - list.bad : pasted.urls.length;
  // No form: Enter ends a tag or takes an album, and must not send a thousand addresses by the way.
  return (
    <div className={classes.page}>
      <header>
        <Title order={1} size="h2">
          {words.title}
        </Title>
        <Text c="dimmed">{words.text}</Text>
      </header>
      {!list && <PasteField text={text} pasted={pasted} onChange={setText} />}
      <ListPart list={list} onChoose={choose} onDrop={drop} />
      <Fields chosen={chosen} onChange={(part) => setChosen((before) => ({ ...before, ...part }))} />
      <Start {...{ pasted, list, chosen, count }} isSettled={settled === text} />
    </div>
  );
}

function Fields({ chosen, onChange }: { chosen: Chosen; onChange: (part: Partial<Chosen>) => void }) {
  const { album, tags, then } = chosen;
  return (
    <>
      <div className={classes.fields}>
        <AlbumField label={words.album} value={album} onChange={(next) => onChange({ album: next })} />
        <TagsField
          label={words.tags}
          placeholder={tags.length === 0 ? words.tagsHint : undefined}
          value={tags}
          onChange={(next) => onChange({ tags: next })}
        />
        <PresetSelect clearable label={words.apply} value={then} onChange={(wish) => onChange({ then: wish })} />
      </div>
      {then && (
        <Checkbox
          checked={chosen.by_product_group}
          onChange={({ currentTarget }) => onChange({ by_product_group: currentTarget.checked })}
          label={words.groups}
        />
      )}
    </>
  );
}

interface StartProps {
  readonly pasted: Pasted;
  readonly list: LinkList | undefined;
  readonly chosen: Chosen;
  readonly count: number;
  readonly isSettled: boolean;
}

function Start({ pasted, list, chosen, count, isSettled }: StartProps) {
  const known = useAlbums().data ?? [];
  const remember = useRememberImport();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const start = async (): Promise<void> => {
    setBusy(true);
    try {
      const album = await albumNamed(chosen.album, known);
      const made = await createImport(await importWishOf(pasted.urls, list, chosen, album?.id));
      remember(made);
      await navigate(`/imports/${made.id}`);
    } catch (error) {
      setBusy(false);
      tellProblem(error);
    }
  };
  return (
    <Button
      size="md"
      className={classes.start}
      loading={busy}
      disabled={!isSettled || count === 0 || count > MOST_LINKS || list?.problem !== undefined}
      onClick={() => void start()}
    >
      {words.start(count)}
    </Button>
  );
}
