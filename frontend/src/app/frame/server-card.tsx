import { Button, Card, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { cancelBatch, pauseBatch, resumeBatch, rememberBatch } from '../../lib/data/batches.ts';
import { cancelImport, rememberImport } from '../../lib/data/imports.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { JobProgress } from '../../ui/job/job-progress.tsx';
import { JobState } from '../../ui/job/job-state.tsx';
import { progressParts } from '../../ui/job/sentence.ts';
import { Trouble } from '../../ui/job/trouble.tsx';
import { tellProblem } from '../../ui/toast.ts';
import { words } from '../words.ts';
import { pathOf, type ServerWork } from './server-work.ts';

/** A batch or an import that goes on: how far, how fast, and its switches. */
export function ServerCard({ work, onLeave }: { work: ServerWork; onLeave: () => void }) {
  const { job, kind } = work;
  const { busy, pause, resume, cancel } = useSwitches(work);
  const [asking, setAsking] = useState(false);
  const { cancelAsk } = words.work;
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" gap="sm" mb="sm" wrap="nowrap" align="start">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {job.name}
        </Text>
        <JobState job={job} />
      </Group>
      <JobProgress job={job} />
      <Text size="sm" c="dimmed" my="sm">
        {progressParts(job).join(' · ')}
      </Text>
      <Text size="sm" component="div">
        <Trouble job={job} />
      </Text>
      <Group gap="sm" mt="sm">
        {kind === 'batch' && job.state === 'running' && (
          <Button variant="default" disabled={busy} onClick={pause}>
            {words.work.pause}
          </Button>
        )}
        {kind === 'batch' && job.state === 'paused' && (
          <Button variant="default" disabled={busy} onClick={resume}>
            {words.work.resume}
          </Button>
        )}
        {job.state !== 'preparing' && (
          <Button variant="default" disabled={busy} onClick={() => setAsking(true)}>
            {words.work.cancel}
          </Button>
        )}
        <Button variant="subtle" component={Link} to={pathOf(work)} onClick={onLeave}>
          {words.work.see}
        </Button>
      </Group>
      {asking && (
        <Confirm
          title={cancelAsk.title(job.name)}
          text={cancelAsk.text}
          action={cancelAsk.action}
          cancel={cancelAsk.keep}
          busy={busy}
          onConfirm={cancel}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  );
}

function useSwitches({ kind, job: { id } }: ServerWork) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const told = (deed: () => Promise<void>) => () => {
    setBusy(true);
    void deed()
      .catch(tellProblem)
      .finally(() => setBusy(false));
  };
  const batch = (deed: typeof pauseBatch) => told(async () => rememberBatch(client, await deed(id)));
  return {
    busy,
    pause: batch(pauseBatch),
    resume: batch(resumeBatch),
    cancel: kind === 'batch' ? batch(cancelBatch) : told(async () => rememberImport(client, await cancelImport(id))),
  };
}
