import { Text, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { sentenceOf, titleOf, type Operation } from '../../lib/data/catalogue.ts';
import classes from './lists.module.css';
import type { Operations } from './steps.ts';
import { words } from './words.ts';

interface OperationListProps {
  /** In their order. */
  readonly groups: readonly string[];
  readonly operations: Operations;
  readonly onAdd: (operation: Operation) => void;
}

/** Everything that can be done to a picture, by group. */
export const OperationList = memo(function OperationList({ groups, operations, onAdd }: OperationListProps) {
  const [typed, setTyped] = useState('');
  const found = [...operations.values()].filter((operation) => matches(operation, typed));
  return (
    <>
      <TextInput
        className={classes.find}
        aria-label={words.find.label}
        placeholder={words.find.label}
        leftSection={<IconSearch size={18} stroke={1.6} />}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {found.length === 0 && (
        <Text c="dimmed" p="sm">
          {words.find.none}
        </Text>
      )}
      {groups.map((group) => (
        <Group key={group} name={group} items={found.filter((one) => one.group === group)} onAdd={onAdd} />
      ))}
    </>
  );
});

const matches = ({ name, title, summary, group }: Operation, typed: string): boolean => {
  const text = plain(`${name} ${title ?? ''} ${summary} ${group}`);
  return plain(typed)
    .split(/\s+/)
    .every((word) => text.includes(word));
};

/** Both ways of spelling find the same. */
const plain = (text: string): string => text.toLowerCase().replaceAll('grey', 'gray').replaceAll('colour', 'color');

interface GroupProps {
  readonly name: string;
  readonly items: readonly Operation[];
  readonly onAdd: (operation: Operation) => void;
}

function Group({ name, items, onAdd }: GroupProps) {
  if (items.length === 0) return null;
  return (
    <section aria-label={sentenceOf(name)}>
      <h2 className={classes.group}>{sentenceOf(name)}</h2>
      <ul className={classes.list}>
        {items.map((operation) => (
          <li key={operation.name}>
            <Tooltip label={operation.summary} position="right" multiline maw={260} withArrow>
              <UnstyledButton className={classes.item} onClick={() => onAdd(operation)}>
                <span className={classes.name}>{titleOf(operation)}</span>
                <span className={classes.help}>{operation.summary}</span>
              </UnstyledButton>
            </Tooltip>
          </li>
        ))}
      </ul>
    </section>
  );
}
