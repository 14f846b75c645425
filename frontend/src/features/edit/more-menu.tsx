import { ActionIcon, Button, Menu, Modal, Text } from '@mantine/core';
import {
  IconBookmark,
  IconClipboard,
  IconCopy,
  IconDots,
  IconDownload,
  IconHistory,
  IconPhoto,
  IconRestore,
  IconStack2,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { downloadUrl } from '../../lib/api/files.ts';
import type { Recipe } from '../../lib/data/catalogue.ts';
import { formatAgo } from '../../lib/format.ts';
import { tellProblem, toast } from '../../ui/toast.ts';
import classes from './editor.module.css';
import type { Bench } from './use-bench.ts';
import type { Copying } from './use-copying.ts';
import { useChooseVersion, useLatestVersions } from './use-save.ts';
import { words } from './words.ts';

const PresetDialog = lazy(async () => ({ default: (await import('./preset-dialog.tsx')).PresetDialog }));

const ICON = { size: 18, stroke: 1.6 } as const;

interface MoreMenuProps {
  readonly bench: Bench;
  readonly copying: Copying;
}

/** What is done now and then. */
export function MoreMenu({ bench, copying }: MoreMenuProps) {
  const { draft, drafting, image } = bench;
  const { copied, copy, copyAndTell, paste } = copying;
  const [dialog, setDialog] = useState<'preset' | 'elsewhere'>();
  const revert = useReverting(bench);
  const isEmpty = draft.steps.length === 0;
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon size={40} aria-label={words.more}>
            <IconDots size={20} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          <Menu.Item leftSection={<IconBookmark {...ICON} />} disabled={isEmpty} onClick={() => setDialog('preset')}>
            {words.menu.savePreset}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconCopy {...ICON} />} disabled={isEmpty} onClick={copyAndTell}>
            {words.menu.copy}
          </Menu.Item>
          <Menu.Item leftSection={<IconClipboard {...ICON} />} disabled={!copied} onClick={paste}>
            {words.menu.paste(copied?.from ?? '')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPhoto {...ICON} />}
            disabled={isEmpty}
            onClick={() => copy() && setDialog('elsewhere')}
          >
            {words.menu.pasteElsewhere}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconRestore {...ICON} />}
            disabled={!drafting.isChanged}
            onClick={() => drafting.change({ type: 'put', draft: drafting.base.draft })}
          >
            {words.menu.reset}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconHistory {...ICON} />}
            disabled={isEmpty && drafting.base.version === ''}
            onClick={revert}
          >
            {words.menu.original}
          </Menu.Item>
          <Menu.Sub position="left-start">
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<IconStack2 {...ICON} />}>{words.menu.versions}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown className={classes.menu} mah={320} style={{ overflowY: 'auto' }}>
              <VersionItems image={image.id} onChoose={bench.put} />
            </Menu.Sub.Dropdown>
          </Menu.Sub>
          <Menu.Divider />
          <Menu.Item
            component="a"
            download
            href={downloadUrl(image.id, 'version')}
            leftSection={<IconDownload {...ICON} />}
            disabled={drafting.base.version === ''}
          >
            {words.menu.download}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {dialog === 'preset' && (
          <PresetDialog
            recipe={copying.recipe}
            notes={copying.reminders.map((reminder) => words.reminders.preset[reminder])}
            onClose={() => setDialog(undefined)}
          />
        )}
      </Suspense>
      <Modal opened={dialog === 'elsewhere'} onClose={() => setDialog(undefined)} title={words.elsewhere.title}>
        <Text mb="md">{[words.elsewhere.text, ...copying.notes].join(' ')}</Text>
        <Button component={Link} to="/gallery" variant="default">
          {words.elsewhere.action}
        </Button>
      </Modal>
    </>
  );
}

/** Without any step; where versions were saved, the original is shown everywhere again. */
function useReverting({ image, drafting }: Bench): () => void {
  const choose = useChooseVersion(image.id);
  const revert = async () => {
    const before = drafting.base;
    const none = { steps: [], output: {} };
    drafting.change({ type: 'put', draft: none });
    if (before.version === '') return;
    await choose.mutateAsync('');
    drafting.rebase({ version: '', draft: none });
    const undo = async () => {
      await choose.mutateAsync(before.version);
      drafting.rebase(before);
      drafting.change({ type: 'put', draft: before.draft });
    };
    toast({ message: words.original, undo });
  };
  return () => void revert().catch(tellProblem);
}

function VersionItems({ image, onChoose }: { image: string; onChoose: (recipe: Recipe) => void }) {
  const versions = useLatestVersions(image).data;
  if (!versions) return null;
  if (versions.length === 0) return <Menu.Item disabled>{words.menu.noVersions}</Menu.Item>;
  return versions.map(({ id, number, created_at, recipe }) => (
    <Menu.Item key={id} onClick={() => onChoose(recipe)}>
      {words.menu.version(number, formatAgo(created_at))}
    </Menu.Item>
  ));
}
