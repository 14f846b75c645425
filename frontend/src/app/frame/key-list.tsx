import { Kbd, Modal, Stack, Text } from '@mantine/core';
import { Fragment } from 'react';
import { useKeyGroups } from '../../ui/keys.tsx';
import { words } from '../words.ts';
import classes from './key-list.module.css';
import { grouped, printed, type Listed } from './print-keys.ts';

export default function KeyList({ onClose }: { onClose: () => void }) {
  const groups = grouped(useKeyGroups());
  return (
    <Modal opened onClose={onClose} title={words.help} size="lg">
      <Stack gap="lg">
        {groups.map((group) => (
          <Group key={group.title} {...group} />
        ))}
      </Stack>
    </Modal>
  );
}

function Group({ title, lines }: Listed) {
  return (
    <section>
      <Text component="h3" fw={600} mb="xs">
        {title}
      </Text>
      <dl className={classes.keys}>
        {lines.map(({ does, hotkeys }) => (
          <div key={does} className={classes.key}>
            <dt>{does}</dt>
            <dd>
              {hotkeys.map((hotkey) => (
                <Printed key={hotkey} hotkey={hotkey} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Printed({ hotkey }: { hotkey: string }) {
  return (
    <span>
      {printed(hotkey).map((part, at) => (
        <Fragment key={part}>
          {at > 0 && ' '}
          <Kbd>{part}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}
