import { SegmentedControl, Select, Switch } from '@mantine/core';
import type { ControlProps } from './control.ts';
import { choiceLabel } from './labels.ts';

/** Values may be numbers; the kit knows text. */
const optionsOf = ({ schema }: Pick<ControlProps, 'schema'>) =>
  (schema.enum ?? []).map((value) => ({ value: String(value), label: choiceLabel(value) }));

const valueOf = ({ schema }: Pick<ControlProps, 'schema'>, text: string): unknown =>
  schema.enum?.find((value) => String(value) === text);

/** A few words: all of them are seen. */
export function SegmentsField(props: ControlProps) {
  const { labelId, value, onChange } = props;
  return (
    <SegmentedControl
      aria-labelledby={labelId}
      fullWidth
      data={optionsOf(props)}
      value={String(value)}
      onChange={(text) => onChange(valueOf(props, text), 'final')}
    />
  );
}

export function SelectField(props: ControlProps) {
  const { id, label, value, onChange } = props;
  return (
    <Select
      id={id}
      aria-label={label}
      allowDeselect={false}
      data={optionsOf(props)}
      value={String(value)}
      comboboxProps={{ withinPortal: true }}
      onChange={(text) => text !== null && onChange(valueOf(props, text), 'final')}
    />
  );
}

export function SwitchField({ id, label, value, onChange }: ControlProps) {
  return (
    <Switch
      id={id}
      aria-label={label}
      checked={value === true}
      onChange={({ currentTarget }) => onChange(currentTarget.checked, 'final')}
    />
  );
}
