import { Button, Menu } from '@mantine/core';
import { IconPhoto, IconPlayerStop, IconRefresh, IconStack2, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Import } from '../../lib/data/imports.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { DotsMenu } from '../../ui/dots-menu.tsx';
import { Ask } from '../../ui/job/ask.tsx';
import { galleryLink } from './gallery-link.ts';
import type { Deeds } from './use-deeds.ts';
import { words } from './words.ts';

const { page } = words;

interface ActionsProps {
  readonly fetched: Import;
  readonly deeds: Deeds;
}

/** What is likely wanted in sight, the end of it behind. */
export function ImportActions({ fetched, deeds }: ActionsProps) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'cancel' | 'remove'>();
  const open = isOpenJob(fetched);
  return (
    <>
      <First fetched={fetched} />
      {fetched.retryable > 0 && fetched.state !== 'cancelled' && fetched.state !== 'preparing' && (
        <Button
          variant="default"
          loading={deeds.busy}
          leftSection={<IconRefresh size={18} stroke={1.6} aria-hidden />}
          onClick={() => void deeds.retry()}
        >
          {page.retry(fetched.retryable)}
        </Button>
      )}
      <DotsMenu label={page.others} width={280}>
        <Menu.Item
          leftSection={
            open ? (
              <IconPlayerStop size={18} stroke={1.6} aria-hidden />
            ) : (
              <IconTrash size={18} stroke={1.6} aria-hidden />
            )
          }
          onClick={() => setAsking(open ? 'cancel' : 'remove')}
        >
          {open ? page.cancel : page.remove}
        </Menu.Item>
      </DotsMenu>
      {asking && (
        <Ask
          {...{ asking, deeds }}
          words={page}
          onRemoved={() => void navigate('/batches?show=imports')}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

/** Where to go on: the work that followed, or the pictures that came. */
function First({ fetched }: { fetched: Import }) {
  if (fetched.batch !== '') {
    return (
      <Button
        component={Link}
        to={`/batches/${fetched.batch}`}
        leftSection={<IconStack2 size={18} stroke={1.6} aria-hidden />}
      >
        {page.batch}
      </Button>
    );
  }
  if (fetched.counts.done === 0) return null;
  return (
    <Button component={Link} to={galleryLink(fetched)} leftSection={<IconPhoto size={18} stroke={1.6} aria-hidden />}>
      {page.gallery}
    </Button>
  );
}
