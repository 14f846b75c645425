import { Kbd, Modal, Stack, Table, Text } from '@mantine/core';
import { Fragment } from 'react';
import { External, useExternal } from '../../lib/api/external.ts';
import { useKeyGroups, useKeys } from '../../ui/keys.tsx';
import { words } from '../words.ts';

const shown = new External(false);

export const showKeyHelp = (): void => shown.set(true);

/** Every shortcut that works on the page as it is. */
export function KeyHelp() {
  const opened = useExternal(shown);
  const groups = useKeyGroups();
  useKeys(words.pages, [{ keys: 'shift+?', does: words.help, run: showKeyHelp }]);
  const titles = [...new Set(groups.map(({ title }) => title))];
  return (
    <Modal opened={opened} onClose={() => shown.set(false)} title={words.help} size="lg">
      <Stack gap="lg">
        {titles.map((title) => (
          <section key={title}>
            <Text fw={600} mb="xs">
              {title}
            </Text>
            <Table>
              <Table.Tbody>
                {groups
                  .filter((group) => group.title === title)
                  .flatMap(({ keys }) => keys)
                  .map(({ keys, does }) => (
                    <Table.Tr key={keys}>
                      <Table.Td w={180}>{printed(keys)}</Table.Td>
                      <Table.Td>{does}</Table.Td>
                    </Table.Tr>
                  ))}
              </Table.Tbody>
            </Table>
          </section>
        ))}
      </Stack>
    </Modal>
  );
}

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);
const NAMES: Readonly<Record<string, string>> = { mod: APPLE ? '⌘' : 'Ctrl', shift: 'Shift', alt: 'Alt' };

function printed(keys: string) {
  const parts = keys === 'shift+?' ? ['?'] : keys.split('+');
  return parts.map((part, at) => (
    <Fragment key={part}>
      {at > 0 && ' + '}
      <Kbd>{NAMES[part] ?? part.replace('Arrow', '').replace('Backslash', '\\')}</Kbd>
    </Fragment>
  ));
}
