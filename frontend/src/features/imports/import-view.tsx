import { Button, Skeleton } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { isProblem } from '../../lib/api/problem.ts';
import { useImport, type Import } from '../../lib/data/imports.ts';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { JobPage } from '../../ui/job/job-page.tsx';
import { KindChips } from '../../ui/kind-chips.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { ImportHeader } from './import-header.tsx';
import { AllRows, SomeRows } from './import-rows.tsx';
import { countOf, FILTERS, type Filter } from './shown-rows.ts';
import { useDeeds } from './use-deeds.ts';
import { words } from './words.ts';

const HEADER_PX = 160;

/** One import and its rows. */
export function ImportView({ id }: { id: string }) {
  const { data, error, refetch } = useImport(id);
  if (isProblem(error, 'not_found', 'invalid_request')) return <Missing />;
  if (data) return <Opened key={id} fetched={data} />;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  return <Skeleton height={HEADER_PX} m="md" />;
}

function Opened({ fetched }: { fetched: Import }) {
  const [asked, ask] = useSearchParams();
  const deeds = useDeeds(fetched);
  useTitle(fetched.name);
  const filter = FILTERS.find((each) => each === asked.get('show')) ?? 'all';
  const choose = (next: Filter) => ask(next === 'all' ? {} : { show: next }, { replace: true });
  const { id, total } = fetched;
  const count = countOf(fetched, filter);
  return (
    <JobPage>
      <ImportHeader fetched={fetched} deeds={deeds} />
      <Choices fetched={fetched} filter={filter} onChoose={choose} />
      {filter === 'all' ? (
        total > 0 && <AllRows id={id} count={total} />
      ) : (
        <SomeRows key={filter} {...{ id, count, filter }} />
      )}
    </JobPage>
  );
}

interface ChoicesProps {
  readonly fetched: Import;
  readonly filter: Filter;
  readonly onChoose: (filter: Filter) => void;
}

/** Only kinds that there are. */
function Choices({ fetched, filter, onChoose }: ChoicesProps) {
  const offered = FILTERS.filter((each) => each === 'all' || each === filter || countOf(fetched, each) > 0);
  if (offered.length < 2) return null;
  return (
    <KindChips
      label={words.filters.label}
      chosen={filter}
      onChoose={onChoose}
      kinds={offered.map((kind) => ({ kind, text: words.filters[kind], count: countOf(fetched, kind) }))}
    />
  );
}

function Missing() {
  const { title, text, action } = words.missing;
  return (
    <EmptyCase isPage title={title} text={text}>
      <Button component={Link} to="/batches?show=imports">
        {action}
      </Button>
    </EmptyCase>
  );
}
