/** The pictures of a place, however many: what is asked for stands in the address, what is selected here. */
import { IconSparkles } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { picturesOf, type BatchPictures } from '../../lib/data/batch-pictures.ts';
import { imagesQueryOf, NO_OUTLINE, useOutline } from '../../lib/data/outline.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { InTopLine } from '../../ui/slots.tsx';
import { useArranged } from './arranged.ts';
import { partsOf, withoutParts } from './asked.ts';
import { Filters } from './filters.tsx';
import classes from './gallery.module.css';
import { Grid } from './grid.tsx';
import { NothingFound } from './nothing-found.tsx';
import { usePicking } from './picking.ts';
import { Skeleton } from './skeleton.tsx';
import { usePlace } from '../../ui/use-place.ts';
import { words } from './words.ts';

const ActionBar = lazy(() => import('./action-bar.tsx'));
const DateRail = lazy(() => import('./date-rail.tsx'));

export interface BatchDialogProps {
  readonly pictures: BatchPictures;
  readonly onClose: () => void;
}

interface GalleryProps {
  /** What is so whatever the address asks for. */
  readonly fixed?: { readonly album: string } | { readonly state: 'trashed' };
  /** Above the pictures. */
  readonly header?: ReactNode;
  /** In their place where there are none at all. */
  readonly empty?: ReactNode;
  /** Asks what is done with pictures; without it nothing is offered. */
  readonly batch?: ComponentType<BatchDialogProps>;
}

export function Gallery({ fixed, header, empty, batch: BatchDialog }: GalleryProps) {
  const { pathname, search } = useLocation();
  const [asked, ask] = useSearchParams();
  const query = { ...imagesQueryOf(pathname, asked), ...fixed };
  const found = useOutline(query);
  const outline = found.data ?? NO_OUTLINE;
  const [{ width_px, top_px }, measure] = usePlace();
  const trashed = query.state === 'trashed';
  const { layout, months } = useArranged(outline, width_px, query.sort === 'uploaded_at' && !trashed);
  const from = `?from=${encodeURIComponent(pathname + search)}`;
  const { picked, active, hold, deeds, clear } = usePicking({ outline, layout, top_px, trashed, search: from });

  const [doing, setDoing] = useState<BatchPictures>();
  const count = outline.ids.length;
  const batchOf = BatchDialog && ((ids: readonly string[], every: boolean) => setDoing(picturesOf(ids, query, every)));
  const none = found.isSuccess && count === 0;
  const narrowed = partsOf(asked).length > 0;
  const nothing = narrowed ? <NothingFound onClear={() => ask(withoutParts(asked))} /> : empty;
  return (
    <div className={classes.gallery} data-rail={months.length > 0 || undefined}>
      <div className={classes.above}>
        {header}
        {(!none || narrowed) && (
          <Filters
            aside={
              found.isSuccess && <Aside count={count} onApply={BatchDialog && (() => setDoing({ query, count }))} />
            }
          />
        )}
      </div>
      <div ref={measure} className={classes.pictures}>
        {found.isPending && <Skeleton />}
        {found.isError && !found.data && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
        {none && nothing}
        {count > 0 && (
          <Grid
            key={JSON.stringify(query)}
            {...{ outline, layout, top_px, picked, active, hold }}
            search={from}
            state={trashed ? 'trashed' : 'active'}
          />
        )}
      </div>
      <Suspense>
        {months.length > 0 && <DateRail months={months} height_px={layout.height_px} top_px={top_px} />}
      </Suspense>
      <Suspense>
        {doing && BatchDialog && <BatchDialog pictures={doing} onClose={() => setDoing(undefined)} />}
      </Suspense>
      {picked.size > 0 && (
        <InTopLine>
          <Suspense>
            <ActionBar ids={outline.ids} {...{ picked, query, deeds }} onBatch={batchOf} onClear={clear} />
          </Suspense>
        </InTopLine>
      )}
    </div>
  );
}

/** How many there are, and a way to do something with all of them. */
function Aside({ count, onApply }: { count: number; onApply: (() => void) | undefined }) {
  return (
    <>
      <span>{words.pictures(count)}</span>
      {onApply && count > 0 && (
        <button type="button" className={classes.all} aria-label={words.applyToAll(count)} onClick={onApply}>
          <IconSparkles size={16} stroke={1.6} aria-hidden />
          {words.applyAll}
        </button>
      )}
    </>
  );
}
