import { ActionIcon, Anchor, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconFileSpreadsheet, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { formatBytes } from '../../lib/format.ts';
import { importTemplateUrl } from '../../lib/data/imports.ts';
import type { LinkList } from './link-list.ts';
import classes from './links.module.css';
import { words } from './words.ts';

const ACCEPTED = '.csv,.tsv,.json,text/csv,application/json';

interface ListPartProps {
  readonly list: LinkList | undefined;
  readonly onChoose: (file: File) => void;
  readonly onDrop: () => void;
}

/** A file with addresses: how to choose one, or the one that is chosen. */
export function ListPart({ list, onChoose, onDrop }: ListPartProps) {
  if (list) return <Card list={list} onDrop={onDrop} />;
  return (
    <div>
      <Text size="sm" mb="sm">
        {words.or}
      </Text>
      <Group gap="md">
        <ChooseFile onChoose={onChoose} />
        <Anchor href={importTemplateUrl()} download size="sm" className={classes.template}>
          <IconDownload size={18} stroke={1.6} aria-hidden /> {words.template}
        </Anchor>
      </Group>
    </div>
  );
}

function ChooseFile({ onChoose }: Pick<ListPartProps, 'onChoose'>) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="default" onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPTED}
        aria-label={words.choose}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) onChoose(file);
          // The same file may be chosen again after it was mended.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

function Card({ list, onDrop }: Omit<ListPartProps, 'onChoose' | 'list'> & { list: LinkList }) {
  const { file, kind, count, problem } = list;
  const facts = [words.list[kind], ...(count > 0 ? [words.list.count(count)] : []), formatBytes(file.size)];
  return (
    <div className={classes.card}>
      <IconFileSpreadsheet size={22} stroke={1.6} aria-hidden />
      <span className={classes.cardText}>
        <b title={file.name}>{file.name}</b>
        <small>{facts.join(' · ')}</small>
        {problem && (
          <span className={classes.problem} role="alert">
            <IconAlertTriangle size={18} stroke={1.6} aria-hidden /> {words.list.problems[problem]}
          </span>
        )}
        {!problem && <Complaints list={list} />}
      </span>
      <ActionIcon aria-label={words.list.remove(file.name)} onClick={onDrop}>
        <IconX size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </div>
  );
}

function Complaints({ list: { bad, complaints } }: { list: LinkList }) {
  if (bad === 0) return null;
  const more = bad - complaints.length;
  return (
    <div className={classes.complaints}>
      {words.list.bad(bad)}
      <ul>
        {complaints.map((complaint) => (
          <li key={complaint}>{complaint}</li>
        ))}
        {more > 0 && <li>{words.list.more(more)}</li>}
      </ul>
    </div>
  );
}
