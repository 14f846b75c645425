import { Button, Group, NativeSelect, Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { AuditEntry } from '../../../../backend-node/src/contract/audit.ts';
import { call } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { paged } from '../../lib/data/pages.ts';
import { formatTime } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useNames } from './accounts.ts';
import classes from './admin.module.css';
import { Sheet } from './sheet.tsx';
import { sentenceOf, targetOf } from './sentence.ts';
import { words } from './words.ts';

const A_PAGE = 50;

/** Who did what, newest first. */
export function Log() {
  const names = useNames();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useLog();
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <Choices names={names} />
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={240} />}
      {data && entries.length === 0 && <Text c="dimmed">{words.log.none}</Text>}
      {entries.length > 0 && (
        <Sheet label={words.parts.log} columns={Object.values(words.log.columns)}>
          {entries.map((entry) => (
            <EntryRow key={entry.seq} entry={entry} names={names} />
          ))}
        </Sheet>
      )}
      {hasNextPage && (
        <Button mt="md" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </>
  );
}

function useLog() {
  const [asked] = useSearchParams();
  const wanted = { action: asked.get('action') ?? undefined, actor: asked.get('actor') ?? undefined };
  return useInfiniteQuery(
    paged(keys.audit(wanted), (from, signal) =>
      call('get /audit', { query: { all: 'true', limit: A_PAGE, ...wanted, ...from }, signal }),
    ),
  );
}

function Choices({ names }: { names: ReadonlyMap<string, string> }) {
  const [asked, ask] = useSearchParams();
  const choose = (name: string, value: string) =>
    ask((before) => {
      if (value === '') before.delete(name);
      else before.set(name, value);
      return before;
    });
  const happened = Object.entries(words.actions).map(([value, label]) => ({ value, label }));
  const people = [...names].map(([value, label]) => ({ value, label }));
  return (
    <Group mb="md">
      <NativeSelect
        label={words.log.what}
        value={asked.get('action') ?? ''}
        data={[{ value: '', label: words.log.anything }, ...happened]}
        onChange={(event) => choose('action', event.currentTarget.value)}
      />
      <NativeSelect
        label={words.log.who}
        value={asked.get('actor') ?? ''}
        data={[{ value: '', label: words.log.anybody }, ...people]}
        onChange={(event) => choose('actor', event.currentTarget.value)}
      />
    </Group>
  );
}

function EntryRow({ entry, names }: { entry: AuditEntry; names: ReadonlyMap<string, string> }) {
  return (
    <tr>
      <td className={classes.small} style={{ whiteSpace: 'nowrap' }} title={words.log.request(entry.request)}>
        {formatTime(entry.at)}
      </td>
      <td>{nameOf(entry.actor, names)}</td>
      <td>{sentenceOf(entry.action)}</td>
      <td data-label={words.log.columns.target} className={classes.small}>
        {targetOf(entry, names)}
      </td>
    </tr>
  );
}

function nameOf(actor: string, names: ReadonlyMap<string, string>): string {
  if (actor === '') return words.log.vitrine;
  return names.get(actor) ?? words.log.gone;
}
