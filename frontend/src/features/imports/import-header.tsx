import { formatAgo, formatTaken } from '../../lib/format.ts';
import type { Import } from '../../lib/data/imports.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { JobHeader } from '../../ui/job/job-header.tsx';
import { progressParts } from '../../ui/job/sentence.ts';
import { ImportActions } from './import-actions.tsx';
import type { Deeds } from './use-deeds.ts';
import { words } from './words.ts';

export function ImportHeader({ fetched, deeds }: { fetched: Import; deeds: Deeds }) {
  return (
    <JobHeader
      job={fetched}
      title={fetched.name}
      back={{ path: '/batches?show=imports', text: words.page.back }}
      facts={factsOf(fetched)}
      far={[...progressParts(fetched), ...cameOf(fetched)]}
    >
      <ImportActions fetched={fetched} deeds={deeds} />
    </JobHeader>
  );
}

function factsOf(fetched: Import): readonly string[] {
  const { created_at, ended_at } = fetched;
  const parts = [words.page.began(formatAgo(created_at))];
  if (!isOpenJob(fetched) && ended_at !== '') {
    parts.push(words.page.took(formatTaken(Date.parse(ended_at) - Date.parse(created_at))));
  }
  return parts;
}

/** How many were new, and how many had been there. */
export function cameOf({ counts, fresh }: Pick<Import, 'counts' | 'fresh'>): readonly string[] {
  const known = counts.done - fresh;
  return [...(fresh > 0 ? [words.page.fresh(fresh)] : []), ...(known > 0 ? [words.page.known(known)] : [])];
}
