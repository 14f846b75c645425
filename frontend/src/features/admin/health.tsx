import { Skeleton, Stack, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { open } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { formatBytes, formatNumber, formatSpan, formatTime } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import classes from './admin.module.css';
import { askCondition, type Answers } from './condition.ts';
import { FigureTable, type Figure } from './figure-table.tsx';
import { figuresOf, type Figures } from './figures.ts';
import { Sheet } from './sheet.tsx';
import { Status } from './status.tsx';
import { words } from './words.ts';

const ASK_EACH_MS = 10_000;
const PARTS = ['gateway', 'store', 'processing'] as const;

export function Health() {
  const { data, dataUpdatedAt } = useQuery({
    queryKey: keys.health(),
    queryFn: ({ signal }) => askCondition(signal),
    refetchInterval: ASK_EACH_MS,
  });
  return (
    <Stack gap="xl">
      <div className={classes.narrow}>
        <Sheet label={words.parts.health} columns={[words.users.columns.state, words.health.part]}>
          {PARTS.map((part) => (
            <tr key={part}>
              <td>{data ? <Answer answers={data[part]} /> : <Skeleton height={24} width={96} />}</td>
              <td>{words.health[part]}</td>
            </tr>
          ))}
        </Sheet>
        {data && <p className={classes.hint}>{words.health.asked(formatTime(dataUpdatedAt))}</p>}
      </div>
      <FigureList />
    </Stack>
  );
}

const LOOKS = {
  good: { icon: IconCircleCheck, tone: 'good' },
  bad: { icon: IconCircleX, tone: 'bad' },
  unsure: { icon: IconHelpCircle, tone: 'plain' },
} as const;

const Answer = ({ answers }: { answers: Answers }) => <Status {...LOOKS[answers]} word={words.health[answers]} />;

function FigureList() {
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: keys.figures(),
    queryFn: async ({ signal }) => figuresOf(await (await open('get /metrics', { signal })).text()),
    refetchInterval: ASK_EACH_MS,
  });
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={160} />;
  return (
    <section aria-labelledby="figures">
      <Title order={2} size="h3" id="figures">
        {words.health.figures}
      </Title>
      <FigureTable figures={told(data, dataUpdatedAt)} />
      <p className={classes.hint}>{words.health.hint}</p>
    </section>
  );
}

const told = (figures: Figures, now: number): readonly Figure[] => [
  [words.health.uptime, formatSpan(Math.max(now - figures.started_at, 0))],
  [words.health.requests, formatNumber(figures.requests)],
  [words.health.failed, formatNumber(figures.failed)],
  [words.health.memory, formatBytes(figures.memory_bytes)],
  [words.health.processingCalls, formatNumber(figures.processing_calls)],
  [words.health.processingMean, formatSpan(figures.processing_ms)],
];
