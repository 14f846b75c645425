import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPhoto, IconPlayerStop, IconRefresh, IconStack2, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Import } from '../../lib/data/imports.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { Confirm } from '../../ui/confirm.tsx';
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
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon size={40} aria-label={page.others}>
            <IconDots size={20} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
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
        </Menu.Dropdown>
      </Menu>
      {asking && <Ask asking={asking} deeds={deeds} onClose={() => setAsking(undefined)} />}
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

interface AskProps {
  readonly asking: 'cancel' | 'remove';
  readonly deeds: Deeds;
  readonly onClose: () => void;
}

function Ask({ asking, deeds, onClose }: AskProps) {
  const navigate = useNavigate();
  const cancel = async (): Promise<void> => {
    await deeds.cancel();
    onClose();
  };
  const remove = async (): Promise<void> => {
    if (await deeds.remove()) await navigate('/batches?show=imports');
    else onClose();
  };
  return asking === 'cancel' ? (
    <Confirm {...page.cancelAsk} busy={deeds.busy} onConfirm={() => void cancel()} onClose={onClose} />
  ) : (
    <Confirm {...page.removeAsk} busy={deeds.busy} onConfirm={() => void remove()} onClose={onClose} />
  );
}
