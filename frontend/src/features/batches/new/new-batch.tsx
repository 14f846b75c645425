import { Button, Modal, MultiSelect, Stack, Switch, Text } from '@mantine/core';
import { useId, useState, type SubmitEvent } from 'react';
import { countIn, type BatchPictures } from '../../../lib/data/batch-pictures.ts';
import { usePresets } from '../../../lib/data/catalogue.ts';
import { MOST_IN_BATCH } from '../../../lib/data/batches.ts';
import type { RecipeWish } from '../../../lib/data/recipes.ts';
import { PresetSelect } from '../../../params/preset-select.tsx';
import { words } from '../words.ts';
import { MoreFields } from './more-fields.tsx';
import { TableField } from './table-field.tsx';
import { useBegin } from './use-begin.ts';
import { useKnown } from './use-known.ts';
import { NOTHING, type Chosen } from './wish.ts';

export interface NewBatchProps {
  readonly pictures: BatchPictures;
  /** What is chosen at first. */
  readonly wish?: RecipeWish | undefined;
  readonly onClose: () => void;
}

/** What is done with pictures, and how. */
export default function NewBatch({ pictures, wish, onClose }: NewBatchProps) {
  const [chosen, setChosen] = useState<Chosen>({ ...NOTHING, wish });
  const known = useKnown(chosen.wish);
  const { busy, begin } = useBegin(onClose);
  const count = countIn(pictures);
  const change = (part: Partial<Chosen>) => setChosen((before) => ({ ...before, ...part }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    begin(pictures, { ...chosen, ...known });
  };
  const { fresh } = words;
  return (
    <Modal opened onClose={onClose} title={fresh.title}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {fresh.pictures(count)}
          </Text>
          <PresetSelect label={fresh.preset} value={known.wish} onChange={(next) => change({ wish: next })} />
          <Switch
            label={fresh.byGroup}
            description={fresh.byGroupText}
            checked={chosen.byGroup}
            onChange={({ currentTarget }) => change({ byGroup: currentTarget.checked })}
          />
          <TableField table={chosen.table} onChange={(table) => change({ table })} />
          <Channels value={chosen.channels} onChange={(channels) => change({ channels })} />
          <MoreFields chosen={chosen} onChange={change} />
          <Begin count={count} hasWish={known.wish !== undefined} busy={busy} />
        </Stack>
      </form>
    </Modal>
  );
}

interface BeginProps {
  readonly count: number;
  readonly hasWish: boolean;
  readonly busy: boolean;
}

/** Where it cannot be pressed, it says why. */
function Begin({ count, hasWish, busy }: BeginProps) {
  const whyId = useId();
  const { fresh } = words;
  const isTooMany = count > MOST_IN_BATCH;
  const cannot = isTooMany || !hasWish;
  return (
    <>
      {cannot && (
        <Text id={whyId} size="sm" {...(isTooMany ? { c: 'red', role: 'alert' } : { c: 'dimmed' })}>
          {isTooMany ? fresh.tooMany(MOST_IN_BATCH) : fresh.choosePreset}
        </Text>
      )}
      <Button type="submit" loading={busy} disabled={cannot} {...(cannot && { 'aria-describedby': whyId })}>
        {fresh.begin(count)}
      </Button>
    </>
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
