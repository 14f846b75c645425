import { Button, Group, Modal, Text, Title } from '@mantine/core';
import { IconTrashX } from '@tabler/icons-react';
import { useState } from 'react';
import { useDoors } from '../../lib/data/doors.ts';
import { NO_OUTLINE, useOutline } from '../../lib/data/outline.ts';
import { imagesQueryOf } from '../../lib/data/place.ts';
import { useDeeds } from './deeds.ts';
import classes from './trash-header.module.css';
import { PurgeForm } from './purge-form.tsx';
import { words } from './words.ts';

const ALL_OF_IT = imagesQueryOf('/trash', new URLSearchParams());

/** Says what the trash is, and empties it. */
export function TrashHeader() {
  const [asking, setAsking] = useState(false);
  const { ids } = useOutline(ALL_OF_IT).data ?? NO_OUTLINE;
  const deeds = useDeeds();
  const { trash_days } = useDoors();
  const { trashPage } = words;
  const close = () => setAsking(false);
  return (
    <Group className={classes.header} justify="space-between" gap="sm">
      <div>
        <Title order={1} size="h2">
          {trashPage.title}
        </Title>
        <Text c="dimmed">{trashPage.text(trash_days)}</Text>
      </div>
      {ids.length > 0 && (
        <Button
          variant="default"
          leftSection={<IconTrashX size={18} stroke={1.6} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {trashPage.emptyAll}
        </Button>
      )}
      <Modal opened={asking} onClose={close} title={trashPage.purgeTitle(ids.length)}>
        <PurgeForm ids={ids} deeds={deeds} onDone={close} onCancel={close} />
      </Modal>
    </Group>
  );
}
