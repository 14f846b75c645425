import { Button, Skeleton } from '@mantine/core';
import { Link } from 'react-router';
import { originalThumbUrl } from '../../lib/api/files.ts';
import { useBatches, type Batch } from '../../lib/data/batches.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { formatAgo, formatNumber, formatTime } from '../../lib/format.ts';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { JobProgress } from '../../ui/job/job-progress.tsx';
import { JobState } from '../../ui/job/job-state.tsx';
import { progressParts } from '../../ui/job/sentence.ts';
import { Trouble } from '../../ui/job/trouble.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import looks from '../../ui/table.module.css';
import classes from './batch-table.module.css';
import { doesText, titleOfBatch } from './facts.ts';
import { usePresetTitle } from './preset-title.ts';
import { words } from './words.ts';

const ROWS_PX = 320;

/** Your batches, newest first; small cards on phones. */
export function BatchTable() {
  const { data: batches, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useBatches();
  const titleOf = usePresetTitle();
  if (error && !batches) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!batches) return <Skeleton height={ROWS_PX} />;
  if (batches.length === 0) return <NoBatches />;
  const { columns } = words;
  return (
    <>
      <table className={`${looks.table} ${classes.table}`} aria-label={words.title}>
        <thead>
          <tr>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.progress}</th>
            <th scope="col" className={classes.number}>
              {columns.toReview}
            </th>
            <th scope="col" className={classes.number}>
              {columns.failed}
            </th>
            <th scope="col">{columns.when}</th>
          </tr>
        </thead>
        <tbody>
          {batches.map((batch) => (
            <Row key={batch.id} batch={batch} title={titleOfBatch(batch, titleOf)} does={doesText(batch, titleOf)} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button mt="md" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </>
  );
}

function Row({ batch, title, does }: { batch: Batch; title: string; does: string }) {
  const { id, covers, created_at, counts, to_review } = batch;
  const path = `/batches/${id}`;
  return (
    <tr>
      <td className={classes.state}>
        <JobState job={batch} />
      </td>
      <td className={classes.what}>
        <div className={classes.name}>
          <Covers ids={covers} />
          <div>
            <Link to={path}>{title}</Link>
            {does !== title && <span className={classes.small}>{does}</span>}
          </div>
        </div>
      </td>
      <td className={classes.progress}>
        {isOpenJob(batch) && <JobProgress job={batch} />}
        <span className={classes.small}>{withoutFailed(batch)}</span>
        <Trouble job={batch} />
      </td>
      <Count count={to_review} to={`${path}?show=review`} label={words.columns.toReview} tone="review" />
      <Count count={counts.failed} to={`${path}?show=failed&view=list`} label={words.columns.failed} tone="failed" />
      <td className={`${classes.small} ${classes.when}`} title={formatTime(created_at)}>
        {formatAgo(created_at)}
      </td>
    </tr>
  );
}

/** How many failed has a column of its own. */
const withoutFailed = (batch: Batch): string =>
  progressParts({
    ...batch,
    counts: { ...batch.counts, done: batch.counts.done + batch.counts.failed, failed: 0 },
  }).join(' · ');

interface CountProps {
  readonly count: number;
  readonly to: string;
  readonly label: string;
  readonly tone: 'review' | 'failed';
}

function Count({ count, to, label, tone }: CountProps) {
  return (
    <td className={classes.number} data-label={label} data-none={count === 0 || undefined}>
      {count > 0 && (
        <Link to={to} data-tone={tone} aria-label={`${label}: ${formatNumber(count)}`}>
          {formatNumber(count)}
        </Link>
      )}
    </td>
  );
}

const MOST_COVERS = 3;

/** Some of its pictures: they say nothing that is not written beside them. */
function Covers({ ids }: { ids: readonly string[] }) {
  return (
    <span className={classes.covers} data-none={ids.length === 0 || undefined} aria-hidden>
      {ids.slice(0, MOST_COVERS).map((id) => (
        <img key={id} src={originalThumbUrl(id)} alt="" width={40} height={40} loading="lazy" />
      ))}
    </span>
  );
}

function NoBatches() {
  const { title, text, choose, upload } = words.empty;
  return (
    <EmptyCase title={title} text={text}>
      <Button component={Link} to="/gallery">
        {choose}
      </Button>
      <Button variant="default" component={Link} to="/upload">
        {upload}
      </Button>
    </EmptyCase>
  );
}
