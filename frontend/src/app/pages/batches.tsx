import { Skeleton, Tabs, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { BatchTable } from '../../features/batches/batch-table.tsx';
import { words } from '../words.ts';
import classes from './batches.module.css';

const ImportTable = lazy(async () => ({
  default: (await import('../../features/imports/import-table.tsx')).ImportTable,
}));

const SKELETON_PX = 240;
const PARTS = ['batches', 'imports'] as const;

/** What the server works on: batches and imports. Which of both is looked at stands in the address. */
export function Component() {
  const [asked, ask] = useSearchParams();
  const part = PARTS.find((name) => name === asked.get('show')) ?? 'batches';
  const choose = (next: string | null) => ask(next === 'imports' ? { show: next } : {}, { replace: true });
  return (
    <div className={classes.page}>
      <Title order={1} size="h2">
        {words.batches}
      </Title>
      <Tabs value={part} onChange={choose} mt="md" keepMounted={false}>
        <Tabs.List className={classes.tabs ?? ''}>
          <Tabs.Tab value="batches">{words.batches}</Tabs.Tab>
          <Tabs.Tab value="imports">{words.imports}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="batches" pt="md">
          <BatchTable />
        </Tabs.Panel>
        <Tabs.Panel value="imports" pt="md">
          <Suspense fallback={<Skeleton height={SKELETON_PX} />}>
            <ImportTable />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
