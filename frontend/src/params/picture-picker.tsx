import { Button, Group, Modal, Skeleton, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../lib/api/call.ts';
import { shownUrl } from '../lib/api/files.ts';
import { keys } from '../lib/data/keys.ts';
import type { Image } from '../lib/data/images.ts';
import { Picture } from '../ui/picture.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import classes from './field.module.css';
import { words } from './words.ts';

const PAGE = 48;
const TYPING_MS = 250;

interface PicturePickerProps {
  readonly title: string;
  readonly onChoose: (image: Image) => void;
  readonly onClose: () => void;
}

const useFound = (q: string) =>
  useInfiniteQuery({
    queryKey: [...keys.imageList({ q, limit: PAGE }), 'pages'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call('get /images', {
        query: { limit: PAGE, ...(q !== '' && { q }), ...(pageParam !== '' && { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** The gallery, small: to choose one picture from. */
export function PicturePicker({ title, onChoose, onClose }: PicturePickerProps) {
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), TYPING_MS);
  const found = useFound(q);
  const images = found.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <TextInput
        data-autofocus
        aria-label={words.picture.search}
        placeholder={words.picture.search}
        leftSection={<IconSearch size={18} stroke={1.6} />}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        mb="md"
      />
      {found.error && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && images.length === 0 && <Text c="dimmed">{words.picture.empty}</Text>}
      <div className={classes.pictures}>
        {found.isPending && Array.from({ length: 12 }, (_, at) => <Skeleton key={at} className={classes.choice} />)}
        {images.map((image) => (
          <UnstyledButton key={image.id} className={classes.choice} onClick={() => onChoose(image)}>
            <Picture src={shownUrl(image, 'thumb')} alt={image.title || image.name} thumbhash={image.shown.thumbhash} />
          </UnstyledButton>
        ))}
      </div>
      {found.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {words.picture.more}
          </Button>
        </Group>
      )}
    </Modal>
  );
}
