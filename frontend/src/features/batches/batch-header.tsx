import type { Batch } from '../../lib/data/batches.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { JobHeader } from '../../ui/job/job-header.tsx';
import { progressParts } from '../../ui/job/sentence.ts';
import { BatchActions } from './batch-actions.tsx';
import { factsOf, titleOfBatch } from './facts.ts';
import { usePresetTitle } from './preset-title.ts';
import type { Deeds } from './use-deeds.ts';
import { words } from './words.ts';

export function BatchHeader({ batch, deeds }: { batch: Batch; deeds: Deeds }) {
  const titleOf = usePresetTitle();
  return (
    <JobHeader
      job={batch}
      title={titleOfBatch(batch, titleOf)}
      back={{ path: '/batches', text: words.back }}
      facts={factsOf(batch, titleOf)}
      far={progressParts(batch)}
      hasBar={batch.total > 0 || isOpenJob(batch)}
    >
      <BatchActions batch={batch} deeds={deeds} />
    </JobHeader>
  );
}
