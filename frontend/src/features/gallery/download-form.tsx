import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { imagesOf } from '../../lib/data/images.ts';
import type { OutlineQuery } from '../../lib/data/outline.ts';
import { archivesOf, download } from './archive.ts';
import type { FormProps } from './dialog.tsx';
import { words } from './words.ts';

/** The size of more is not looked up. */
const MOST_MEASURED = 2000;

interface DownloadFormProps extends Pick<FormProps, 'ids' | 'onDone'> {
  readonly query: OutlineQuery;
  readonly every: boolean;
}

/** Says how large it is before it begins. */
export function DownloadForm({ ids, onDone, query, every }: DownloadFormProps) {
  const archives = archivesOf(ids, every ? query : undefined);
  const size = useQuery({
    queryKey: ['images', 'size', ids],
    queryFn: async () => (await imagesOf(ids)).reduce((sum, { bytes }) => sum + bytes, 0),
    enabled: ids.length <= MOST_MEASURED,
  });
  return (
    <Stack>
      <Text>{size.isFetching ? words.downloadMeasuring : words.downloadAsk(ids.length, size.data ?? 0)}</Text>
      {archives.length > 1 && <Text c="dimmed">{words.downloadParts(archives.length)}</Text>}
      <Button
        data-autofocus
        onClick={() => {
          download(ids.length, archives);
          onDone();
        }}
      >
        {words.download}
      </Button>
    </Stack>
  );
}
