import { Button, Skeleton, Text, Title } from '@mantine/core';
import { lazy, Suspense, type CSSProperties } from 'react';
import { useSearchParams } from 'react-router';
import { isProblem } from '../../lib/api/problem.ts';
import { formatDay } from '../../lib/format.ts';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { Mark } from '../../ui/mark.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { useShared } from './queries.ts';
import { SharedGrid } from './shared-grid.tsx';
import classes from './visitor.module.css';
import { words } from './words.ts';

const SharedLightbox = lazy(() => import('./shared-lightbox.tsx'));

/** What somebody sees who was given a link. */
export function SharedAlbum({ token }: { token: string }) {
  const { data, error, isPending, refetch, ...pages } = useShared(token);
  const [asked, ask] = useSearchParams();
  useTitle(data?.pages[0]?.name ?? '');
  if (isPending) return <Opening />;
  if (isProblem(error, 'share_invalid', 'not_found', 'invalid_request') && !data) return <Gone />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const [first] = data.pages;
  const images = data.pages.flatMap(({ items }) => items);
  const opened = images.findIndex(({ id }) => id === asked.get('picture'));
  const open = (id: string, replace = false) =>
    ask(id === '' ? {} : { picture: id }, { replace, preventScrollReset: true });
  return (
    <main className={classes.page}>
      <header className={classes.head}>
        <Title order={1} className={classes.name ?? ''}>
          {first?.name}
        </Title>
        <Text c="dimmed">
          {words.visitor.shared(words.visitor.pictures(images.length, pages.hasNextPage))},{' '}
          {words.visitor.until(formatDay(first?.expires_at ?? 0))}
        </Text>
      </header>
      {images.length === 0 && <EmptyCase {...words.visitor.empty} />}
      <SharedGrid token={token} images={images} onOpen={open} />
      {pages.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          mt="lg"
          display="block"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {words.more}
        </Button>
      )}
      <footer className={classes.foot}>
        <Mark size={20} /> {words.visitor.by}
      </footer>
      <Suspense fallback={null}>
        {opened !== -1 && (
          <SharedLightbox
            token={token}
            images={images}
            at={opened}
            onTurn={(at) => open(images[at]?.id ?? '', true)}
            onClose={() => open('', true)}
          />
        )}
      </Suspense>
    </main>
  );
}

const Gone = () => (
  <main className={classes.gone}>
    <EmptyCase {...words.visitor.gone} />
  </main>
);

const SKELETON_RATIOS = [1, 1.5, 0.75, 1, 1.33, 0.8, 1, 1.5];

const Opening = () => (
  <main className={classes.page} aria-busy>
    <header className={classes.head}>
      <Skeleton height={39} width={240} />
      <Skeleton height={20} width={300} mt={4} />
    </header>
    <ul className={classes.grid}>
      {SKELETON_RATIOS.map((ratio, at) => (
        <li key={at} className={classes.cell} style={{ '--ratio': ratio } as CSSProperties}>
          <Skeleton height="100%" />
        </li>
      ))}
    </ul>
  </main>
);
