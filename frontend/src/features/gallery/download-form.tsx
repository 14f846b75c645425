import { Button, Stack, Text } from '@mantine/core';
import type { OutlineQuery } from '../../lib/data/outline.ts';
import { archivesOf, download } from './archive.ts';
import type { FormProps } from './dialog.tsx';
import { words } from './words.ts';

interface DownloadFormProps extends Pick<FormProps, 'ids' | 'onDone'> {
  readonly query: OutlineQuery;
  readonly every: boolean;
}

/** Says how many before it begins. How large is known of originals only, and these are not they. */
export function DownloadForm({ ids, onDone, query, every }: DownloadFormProps) {
  const archives = archivesOf(ids, every ? query : undefined);
  return (
    <Stack>
      <Text>{words.downloadAsk(ids.length)}</Text>
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
