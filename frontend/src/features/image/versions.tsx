import { Button, Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { originalShownUrl, versionUrl } from '../../lib/api/files.ts';
import { usePresets } from '../../lib/data/catalogue.ts';
import type { Image } from '../../lib/data/images.ts';
import { formatBytes, formatNumber } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { toast } from '../../ui/toast.ts';
import { DeleteVersion } from './delete-version.tsx';
import { ORIGINAL, type Looked } from './looked.ts';
import classes from './panel.module.css';
import { useChooseVersion, useVersions, type Version } from './queries.ts';
import { VersionMenu } from './version-menu.tsx';
import { VersionRow } from './version-row.tsx';
import { versionLines, versionNotes, versionTitle } from './version-words.ts';
import { words } from './words.ts';

interface VersionsProps {
  readonly image: Image;
  readonly looked: Looked;
  /** id of a version, or 'original' */
  readonly onLook: (what: string) => void;
}

/** Everything the picture was made into, newest first, and the original as the way back. */
export function Versions({ image, looked, onLook }: VersionsProps) {
  const pages = useVersions(image.id);
  const use = useUse(image, onLook);
  const presets = new Map(usePresets().data?.items.map(({ name, title }) => [name, title]));
  const [deleting, setDeleting] = useState<Version>();
  const free = image.state === 'active';
  if (pages.isPending) return <Skeleton height={72} />;
  if (!pages.data) return <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} />;
  const versions = pages.data.pages.flatMap(({ items }) => items);
  return (
    <>
      {versions.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.versions.none}
        </Text>
      )}
      <ul className={classes.versions}>
        {versions.map((version) => (
          <VersionRow
            key={version.id}
            title={versionTitle(version, presets)}
            lines={versionLines(version)}
            notes={versionNotes(version, looked.kind === 'version' && looked.version.id === version.id)}
            thumb={versionUrl(image.id, version.id, 'thumb')}
            thumbhash={version.thumbhash}
            width={version.width}
            height={version.height}
            current={version.id === image.current_version}
            looked={looked.kind === 'version' && looked.version.id === version.id}
            onLook={() => onLook(version.id)}
            menu={
              <VersionMenu
                version={{ ...version, current: version.id === image.current_version }}
                onUse={free ? () => use(version.id, version.number) : undefined}
                onDelete={free ? () => setDeleting(version) : undefined}
              />
            }
          />
        ))}
        {pages.hasNextPage && (
          <Button variant="subtle" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {words.versions.more}
          </Button>
        )}
        <OriginalRow image={image} looked={looked.kind === 'original'} onLook={() => onLook(ORIGINAL)} />
      </ul>
      {deleting && <DeleteVersion version={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

function OriginalRow({ image, looked, onLook }: { image: Image; looked: boolean; onLook: () => void }) {
  const current = image.current_version === '';
  const size = words.facts.pixels(formatNumber(image.width), formatNumber(image.height));
  return (
    <VersionRow
      title={words.original}
      lines={[words.versions.originalText, `${size}, ${formatBytes(image.bytes)}`]}
      notes={[]}
      thumb={originalShownUrl(image, 'thumb')}
      thumbhash={image.thumbhash}
      width={image.width}
      height={image.height}
      current={current}
      looked={looked}
      onLook={onLook}
      menu={null}
    />
  );
}

/** Makes a version (or '', the original) the one that is shown; undoing brings back the one before. */
export function useUse(image: Image, onLook: (what: string) => void): (version: string, number: number) => void {
  const choose = useChooseVersion(image.id);
  return (version, number) => {
    const before = image.current_version;
    const message = version === '' ? words.versions.chosenOriginal : words.versions.chosen(number);
    const done = () => {
      onLook('');
      toast({ message, undo: () => choose.mutate(before) });
    };
    choose.mutate(version, { onSuccess: done });
  };
}
