import { Button, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPhotoPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { call } from '../../lib/api/call.ts';
import { useAccount } from '../../lib/api/session.ts';
import { useAlbums } from '../../lib/data/albums.ts';
import { keys } from '../../lib/data/keys.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Recent } from './recent.tsx';
import { RunningWork } from './running-work.tsx';
import { Samples } from './samples.tsx';
import classes from './studio.module.css';
import { words } from './words.ts';

const LATEST = { limit: 8, count: 'true' } as const;

/** What people see who are signed in: where to put pictures, what runs, what came of it. */
export function Studio() {
  const { name } = useAccount();
  const latest = useQuery({
    queryKey: keys.imageList(LATEST),
    queryFn: ({ signal }) => call('get /images', { query: LATEST, signal }),
  });
  const albums = useAlbums();
  const total = latest.data?.total ?? 0;
  return (
    <div className={classes.studio}>
      <Group justify="space-between" align="baseline">
        <Title order={1} size="h2">
          {words.hello(name.trim().split(/\s+/, 1)[0] ?? name)}
        </Title>
        {total > 0 && (
          <Link to="/gallery" className={classes.stock}>
            {words.stock(total, albums.data?.length ?? 0)}
          </Link>
        )}
      </Group>
      <section className={classes.drop}>
        <IconPhotoPlus size={36} stroke={1.3} aria-hidden />
        <div>
          <Title order={2} size="h3">
            {words.drop.title}
          </Title>
          <Text c="dimmed" className={classes.desk}>
            {words.drop.text}
          </Text>
          <Text c="dimmed" className={classes.touch}>
            {words.drop.touch}
          </Text>
        </div>
        <Button component={Link} to="/upload" size="md">
          {words.drop.action}
        </Button>
      </section>
      <RunningWork />
      {latest.isError && !latest.data && <ProblemNotice error={latest.error} onRetry={() => void latest.refetch()} />}
      {latest.data && total === 0 && <Samples />}
      {(latest.isPending || total > 0) && <Recent images={latest.data?.items} />}
    </div>
  );
}
