/** What a part of the sentence is chosen from. */
import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useSearchParams } from 'react-router';
import { useFacets, type Facets } from '../../lib/data/facets.ts';
import { formatNumber } from '../../lib/format.ts';
import { textOf } from '../../ui/text-of.ts';
import { dayText, valuesOf, withValues, type Kind } from './asked.ts';
import classes from './picker.module.css';
import { words } from './words.ts';

interface PickerProps {
  readonly kind: Kind;
  readonly onDone: () => void;
}

export default function Picker({ kind, onDone }: PickerProps) {
  if (kind === 'days') return <Days onDone={onDone} />;
  if (kind === 'sku') return <Sku onDone={onDone} />;
  return <Values kind={kind} />;
}

const FACETS = { tag: 'tags', format: 'formats', review: 'review_states' } as const satisfies Record<
  string,
  keyof Facets
>;
const SEARCHED = 8;

/** Several of one kind: any of them. */
function Values({ kind }: { kind: keyof typeof FACETS }) {
  const [asked, ask] = useSearchParams();
  const [text, setText] = useState('');
  const facets = useFacets();
  // The address follows a moment later.
  const [chosen, setChosen] = useState(() => valuesOf(asked, kind));
  const all = facets.data?.[FACETS[kind]] ?? [];
  const lost = chosen.filter((value) => !all.some((one) => one.value === value)).map((value) => ({ value, count: 0 }));
  const shown = [...lost, ...all].filter(({ value }) =>
    labelOf(kind, value).toLowerCase().includes(text.toLowerCase()),
  );
  const choose = (values: readonly string[]) => {
    setChosen(values);
    ask(withValues(asked, { [kind]: values.join(',') }));
  };
  return (
    <Stack gap="sm">
      {all.length > SEARCHED && (
        <TextInput
          data-autofocus
          aria-label={words.find}
          placeholder={words.find}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
      {shown.length === 0 && (
        <Text size="sm" c="dimmed">
          {facets.isPending ? words.loading : words.noneOf}
        </Text>
      )}
      <Checkbox.Group value={[...chosen]} onChange={choose} aria-label={words.kinds[kind]} className={classes.values}>
        {shown.map(({ value, count }) => (
          <Checkbox
            key={value}
            value={value}
            className={classes.value}
            label={
              <>
                <span className={classes.name}>{labelOf(kind, value)}</span>
                <span className={classes.count}>{formatNumber(count)}</span>
              </>
            }
          />
        ))}
      </Checkbox.Group>
    </Stack>
  );
}

function labelOf(kind: Kind, value: string): string {
  if (kind === 'review') return words.reviewStates[value] ?? value;
  return kind === 'format' ? value.toUpperCase() : value;
}

function Sku({ onDone }: { onDone: () => void }) {
  const [asked, ask] = useSearchParams();
  const show = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    ask(withValues(asked, { sku: textOf(new FormData(event.currentTarget), 'sku').trim() }));
    onDone();
  };
  return (
    <form onSubmit={show}>
      <Stack gap="sm">
        <TextInput
          data-autofocus
          name="sku"
          maxLength={100}
          label={words.kinds.sku}
          description={words.anySku}
          defaultValue={asked.get('sku') ?? ''}
        />
        <Button type="submit">{words.show}</Button>
      </Stack>
    </form>
  );
}

function Days({ onDone }: { onDone: () => void }) {
  const [asked, ask] = useSearchParams();
  const show = (from: string, to: string) => ask(withValues(asked, { from, to }));
  const today = new Date();
  const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate()];
  const spans = [
    [words.lastWeek, new Date(year, month, date - 6), today],
    [words.thisMonth, new Date(year, month, 1), new Date(year, month + 1, 0)],
    [words.lastMonth, new Date(year, month - 1, 1), new Date(year, month, 0)],
  ] as const;
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {spans.map(([label, from, to]) => (
          <Button
            key={label}
            size="compact-md"
            variant="default"
            onClick={() => {
              show(dayText(from), dayText(to));
              onDone();
            }}
          >
            {label}
          </Button>
        ))}
      </Group>
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          label={name === 'from' ? words.firstDay : words.lastDay}
          value={asked.get(name) ?? ''}
          onChange={({ currentTarget }) => ask(withValues(asked, { [name]: currentTarget.value }), { replace: true })}
        />
      ))}
    </Stack>
  );
}
