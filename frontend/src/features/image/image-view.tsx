import { ActionIcon, Button, Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { isProblem } from '../../lib/api/problem.ts';
import { useImage, type Image } from '../../lib/data/images.ts';
import { nameOf } from '../../lib/data/name-of.ts';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { Clash, useImageChange, type ImageChange } from './change.ts';
import { ImageStage } from './image-stage.tsx';
import classes from './image-view.module.css';
import { lookedAt, type Looked } from './looked.ts';
import { placeFrom, Preload } from './neighbours.ts';
import { ClashNotice, LookingNotice, TrashedNotice } from './notices.tsx';
import { Panel } from './panel.tsx';
import { useVersions } from './queries.ts';
import { TopLine } from './top-line.tsx';
import { useActions } from './use-actions.ts';
import { useComparing } from './use-comparing.ts';
import { useUse } from './versions.tsx';
import { words } from './words.ts';

/** One picture, filling the window. */
export function ImageView({ id }: { id: string }) {
  const { data, error, isPending, isFetching, refetch } = useImage(id);
  // A list that looked for it leaves null where it did not find it.
  const image = data as Image | null | undefined;
  const [asked] = useSearchParams();
  if (isPending || (image === null && isFetching)) return <Opening back={placeFrom(asked)} />;
  if (image) return <Opened image={image} />;
  const absent = image === null || isProblem(error, 'not_found', 'invalid_request');
  return absent ? <Missing /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
}

function Opened({ image }: { image: Image }) {
  const [asked, setAsked] = useSearchParams();
  const main = useRef<HTMLElement>(null);
  const narrow = useMediaQuery('(max-width: 900px)', undefined, { getInitialValueInEffect: false });
  const [wanted, setWanted] = useState<boolean>();
  const details = wanted ?? !narrow;
  const versions = useVersions(image.id).data?.pages.flatMap(({ items }) => items) ?? [];
  const looked = lookedAt(asked.get('version'), image, versions);
  const look = (what: string) =>
    setAsked((before) => withVersion(before, what === image.current_version ? '' : what), { replace: true });
  const use = useUse(image, look);
  const change = useImageChange();
  const shown =
    change.isPending && change.variables.read.id === image.id ? { ...image, ...change.variables.change } : image;
  const save = (read: Image, wish: ImageChange) => change.mutate({ read, change: wish });
  const comparing = useComparing(image, looked);
  const { turns, actions, neighbours } = useActions(
    image,
    { onDetails: () => setWanted(!details), onSave: save },
    comparing.shown ? comparing.end : undefined,
  );
  useEffect(() => main.current?.focus({ preventScroll: true }), []);
  const panel = <Panel key={image.id} image={shown} looked={looked} onLook={look} onSave={save} />;
  return (
    <main ref={main} tabIndex={-1} className={classes.page} data-details={details && !narrow}>
      <Titled key={image.id} title={nameOf(image)} />
      <h1 className={classes.unseen}>{nameOf(image)}</h1>
      <TopLine image={shown} details={details} actions={actions} />
      <Notices {...{ image, looked, use, look, change, save }} />
      <ImageStage {...{ image, looked, comparing }} onPrevious={turns.previous} onNext={turns.next} />
      {neighbours.next !== undefined && <Preload id={neighbours.next} from={actions.back} />}
      {neighbours.previous !== undefined && <Preload id={neighbours.previous} from={actions.back} />}
      {details && !narrow && <aside className={classes.aside}>{panel}</aside>}
      <Drawer
        opened={details && narrow}
        onClose={() => setWanted(false)}
        position="bottom"
        size="75%"
        title={words.details}
        padding={0}
        classNames={{ header: classes.sheetHeader ?? '' }}
      >
        {panel}
      </Drawer>
    </main>
  );
}

interface NoticesProps {
  readonly image: Image;
  readonly looked: Looked;
  readonly use: ReturnType<typeof useUse>;
  readonly look: (what: string) => void;
  readonly change: ReturnType<typeof useImageChange>;
  readonly save: (read: Image, wish: ImageChange) => void;
}

/** What somebody should know about what they look at. */
function Notices({ image, looked, use, look, change, save }: NoticesProps) {
  const clash = change.error instanceof Clash && change.error.theirs.id === image.id ? change.error : undefined;
  return (
    <div className={classes.notices}>
      {image.state === 'trashed' && <TrashedNotice image={image} />}
      {clash && (
        <ClashNotice clash={clash} onKeep={() => change.reset()} onMine={() => save(clash.theirs, clash.change)} />
      )}
      {!looked.current && (
        <LookingNotice
          name={lookedName(looked)}
          use={looked.kind === 'original' ? words.versions.useOriginal : words.versions.use}
          onUse={image.state === 'active' ? () => use(...chosen(looked)) : undefined}
          onBack={() => look('')}
        />
      )}
    </div>
  );
}

/** With the key of the picture: the name is told anew with each, also where two are called the same. */
function Titled({ title }: { title: string }) {
  useTitle(title);
  return null;
}

const lookedName = (looked: Looked): string =>
  looked.kind === 'version' ? words.versions.one(looked.version.number) : words.original;

const chosen = (looked: Looked): [version: string, number: number] =>
  looked.kind === 'version' ? [looked.version.id, looked.version.number] : ['', 0];

function withVersion(before: URLSearchParams, what: string): URLSearchParams {
  const next = new URLSearchParams(before);
  if (what === '') next.delete('version');
  else next.set('version', what);
  return next;
}

/** The page as it will be, before anything is known. */
function Opening({ back }: { back: string }) {
  return (
    <main className={classes.page} aria-busy aria-label={words.loading}>
      <header className={classes.top}>
        <ActionIcon size={40} aria-label={words.back} component={Link} to={back}>
          <IconArrowLeft size={22} stroke={1.6} />
        </ActionIcon>
      </header>
      <div className={classes.stage} />
    </main>
  );
}

function Missing() {
  return (
    <main>
      <EmptyCase title={words.missing.title} text={words.missing.text}>
        <Button component={Link} to="/gallery">
          {words.missing.action}
        </Button>
      </EmptyCase>
    </main>
  );
}
