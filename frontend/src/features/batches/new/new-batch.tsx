import { Button, Modal, MultiSelect, Stack, Switch, Text } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { countIn, type BatchPictures } from '../../../lib/data/batch-pictures.ts';
import { usePresets } from '../../../lib/data/catalogue.ts';
import { MOST_IN_BATCH } from '../../../lib/data/batches.ts';
import { PresetSelect } from '../../../params/preset-select.tsx';
import { words } from '../words.ts';
import { MoreFields } from './more-fields.tsx';
import { TableField } from './table-field.tsx';
import { useBegin } from './use-begin.ts';
import { NOTHING, type Chosen } from './wish.ts';

export interface NewBatchProps {
  readonly pictures: BatchPictures;
  readonly onClose: () => void;
}

/** What is done with pictures, and how. */
export default function NewBatch({ pictures, onClose }: NewBatchProps) {
  const [chosen, setChosen] = useState<Chosen>(NOTHING);
  const { busy, begin } = useBegin(onClose);
  const count = countIn(pictures);
  const change = (part: Partial<Chosen>) => setChosen((before) => ({ ...before, ...part }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    begin(pictures, chosen);
  };
  const { fresh } = words;
  return (
    <Modal opened onClose={onClose} title={fresh.title}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {fresh.pictures(count)}
          </Text>
          <PresetSelect label={fresh.preset} value={chosen.wish} onChange={(wish, title) => change({ wish, title })} />
          <Switch
            label={fresh.byGroup}
            description={fresh.byGroupText}
            checked={chosen.byGroup}
            onChange={({ currentTarget }) => change({ byGroup: currentTarget.checked })}
          />
          <TableField table={chosen.table} onChange={(table) => change({ table })} />
          <Channels value={chosen.channels} onChange={(channels) => change({ channels })} />
          <MoreFields chosen={chosen} onChange={change} />
          {count > MOST_IN_BATCH && (
            <Text size="sm" c="red" role="alert">
              {fresh.tooMany(MOST_IN_BATCH)}
            </Text>
          )}
          <Button type="submit" loading={busy} disabled={!chosen.wish || count > MOST_IN_BATCH}>
            {fresh.begin(count)}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

interface ChannelsProps {
  readonly value: readonly string[];
  readonly onChange: (channels: readonly string[]) => void;
}

function Channels({ value, onChange }: ChannelsProps) {
  const presets = usePresets();
  const channels = presets.data?.items.filter(({ kind }) => kind === 'channel') ?? [];
  const { fresh } = words;
  return (
    <MultiSelect
      label={fresh.channels}
      placeholder={value.length === 0 ? fresh.channelsChoose : ''}
      data={channels.map(({ name, title }) => ({ value: name, label: title }))}
      value={[...value]}
      onChange={onChange}
      searchable
      hidePickedOptions
    />
  );
}
