import { Button, Skeleton } from '@mantine/core';
import { Link } from 'react-router';
import { useImports, type Import } from '../../lib/data/imports.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { formatAgo, formatTime } from '../../lib/format.ts';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { JobProgress } from '../../ui/job/job-progress.tsx';
import { JobState } from '../../ui/job/job-state.tsx';
import { progressParts, troubleText } from '../../ui/job/sentence.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import looks from '../../ui/table.module.css';
import classes from './table.module.css';
import { words } from './words.ts';

const SKELETON_PX = 240;
const { table } = words;

/** Every import, newest first. */
export function ImportTable() {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useImports();
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={SKELETON_PX} />;
  if (data.length === 0) return <NoImports />;
  return (
    <>
      <table className={`${looks.table} ${classes.table}`} aria-label={table.label}>
        <thead>
          <tr>
            {Object.entries(table.columns).map(([name, label]) => (
              <th key={name} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.map((fetched) => (
            <Row key={fetched.id} fetched={fetched} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button mt="md" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {table.more}
        </Button>
      )}
    </>
  );
}

function Row({ fetched }: { fetched: Import }) {
  const { id, name, created_at, batch } = fetched;
  return (
    <tr>
      <td>
        <JobState job={fetched} />
      </td>
      <td className={classes.name}>
        <Link to={`/imports/${id}`}>{name}</Link>
      </td>
      <td className={classes.progress}>
        {isOpenJob(fetched) && <JobProgress job={fetched} />}
        <small>{troubleText(fetched) || progressParts(fetched).join(' · ')}</small>
      </td>
      <td className={classes.small} title={formatTime(created_at)}>
        {formatAgo(created_at)}
      </td>
      <td className={classes.small}>{batch !== '' && <Link to={`/batches/${batch}`}>{table.batch}</Link>}</td>
    </tr>
  );
}

function NoImports() {
  const { title, text, action } = table.empty;
  return (
    <EmptyCase title={title} text={text}>
      <Button component={Link} to="/upload?from=links">
        {action}
      </Button>
    </EmptyCase>
  );
}
