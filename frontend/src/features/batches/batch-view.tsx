import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useCallback, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { isProblem } from '../../lib/api/problem.ts';
import { useBatch, type Batch, type BatchItem } from '../../lib/data/batches.ts';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { JobPage } from '../../ui/job/job-page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { usePlace } from '../../ui/use-place.ts';
import { actionsFor } from './actions.ts';
import { BatchHeader } from './batch-header.tsx';
import classes from './batch.module.css';
import { Chips, viewIn } from './chips.tsx';
import { ItemGrid } from './item-grid.tsx';
import { ItemList } from './item-list.tsx';
import { shownIn } from './shown.ts';
import { useDeeds } from './use-deeds.ts';
import { words } from './words.ts';

const FailedPanel = lazy(() => import('./failed-panel.tsx'));
const HEADER_PX = 160;

/** One batch and its pictures. */
export function BatchView({ id }: { id: string }) {
  const { data, error, refetch } = useBatch(id);
  if (isProblem(error, 'not_found', 'invalid_request')) return <Missing />;
  if (data) return <Opened key={id} batch={data} />;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  return <Skeleton height={HEADER_PX} m="md" />;
}

function Opened({ batch }: { batch: Batch }) {
  const { pathname, search } = useLocation();
  const [asked] = useSearchParams();
  const [{ width_px, top_px }, measure] = usePlace();
  const [failed, setFailed] = useState<BatchItem>();
  const deeds = useDeeds(batch);
  useTitle(batch.name);
  const shown = shownIn(asked);
  const view = viewIn(asked);
  const open = useCallback((item: BatchItem) => setFailed(item), []);
  const from = pathname + search;
  const Items = view === 'list' ? ItemList : ItemGrid;
  const { first, others } = actionsFor(batch);
  const retry = () => {
    deeds.retry();
    setFailed(undefined);
  };
  return (
    <JobPage>
      <BatchHeader batch={batch} deeds={deeds} />
      {batch.total > 0 && <Chips batch={batch} />}
      {neverBegan(batch) && (
        <Button component={Link} to="/upload" className={classes.anew ?? ''}>
          {words.anew}
        </Button>
      )}
      <div ref={measure}>
        {width_px > 0 && !neverBegan(batch) && (
          <Items key={`${view} ${shown}`} {...{ batch, shown, width_px, top_px, from }} onFailed={open} />
        )}
      </div>
      <Suspense>
        {failed && (
          <FailedPanel
            item={failed}
            retryable={batch.retryable}
            from={from}
            onRetry={first === 'retry' || others.includes('retry') ? retry : undefined}
            onClose={() => setFailed(undefined)}
          />
        )}
      </Suspense>
    </JobPage>
  );
}

/** What is wrong with it stands above; there are no pictures to speak of. */
const neverBegan = ({ total, state }: Batch): boolean => total === 0 && state === 'failed';

function Missing() {
  const { title, text, action } = words.missing;
  return (
    <EmptyCase isPage title={title} text={text}>
      <Button component={Link} to="/batches">
        {action}
      </Button>
    </EmptyCase>
  );
}
