import { Skeleton, Tabs } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Upload } from '../../features/upload/upload.tsx';
import { words } from '../words.ts';
import classes from './upload.module.css';

const Links = lazy(async () => ({ default: (await import('../../features/imports/links.tsx')).Links }));

const SKELETON_PX = 320;

type Source = keyof typeof words.uploadFrom;

/** Pictures of this device, or from addresses. */
export function Component() {
  const [asked, ask] = useSearchParams();
  const [list, setList] = useState<File>();
  const source: Source = asked.get('from') === 'links' ? 'links' : 'device';
  const show = (next: Source) => ask(next === 'links' ? { from: 'links' } : {}, { replace: true });
  const fetchFrom = (file: File) => {
    setList(file);
    show('links');
  };
  return (
    <Tabs value={source} onChange={(next) => show(next === 'links' ? 'links' : 'device')} keepMounted={false}>
      <Tabs.List className={classes.tabs ?? ''}>
        <Tabs.Tab value="device">{words.uploadFrom.device}</Tabs.Tab>
        <Tabs.Tab value="links">{words.uploadFrom.links}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="device">
        <Upload onLinks={fetchFrom} />
      </Tabs.Panel>
      <Tabs.Panel value="links">
        <Suspense fallback={<Skeleton height={SKELETON_PX} maw={960} mx="auto" mt="lg" />}>
          <Links handed={list} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}
