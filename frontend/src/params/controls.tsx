/** The one table from the kind of a parameter to its control. */
import { Switch } from '@mantine/core';
import { lazy, Suspense, type ComponentType } from 'react';
import { AspectField } from './aspect-field.tsx';
import { SegmentsField, SelectField, SwitchField } from './choice-field.tsx';
import { ColorField } from './color-field.tsx';
import { boundsOf, innerOf, kindOf, type Kind } from './control-of.ts';
import type { ControlProps } from './control.ts';
import { CornersField } from './corners-field.tsx';
import classes from './field.module.css';
import { MaskField } from './mask-field.tsx';
import { ModelField } from './model-field.tsx';
import { NumberField, SliderField } from './number-field.tsx';
import { JsonField, TextField } from './text-field.tsx';
import { words } from './words.ts';

const LazyBlobField = lazy(async () => ({ default: (await import('./blob-field.tsx')).BlobField }));

const BlobField = (props: ControlProps) => (
  <Suspense fallback={null}>
    <LazyBlobField {...props} />
  </Suspense>
);

const CONTROLS: Readonly<Record<Kind, ComponentType<ControlProps>>> = {
  fixed: () => null,
  optional: OptionalField,
  color: ColorField,
  aspect: AspectField,
  blob: BlobField,
  mask: MaskField,
  model: ModelField,
  corners: CornersField,
  slider: SliderField,
  number: NumberField,
  segments: SegmentsField,
  select: SelectField,
  switch: SwitchField,
  text: TextField,
  json: JsonField,
};

/** Kinds with no one input that a label could belong to. */
export const GROUPS: readonly Kind[] = ['segments', 'corners', 'blob', 'optional', 'mask'];

/** The control of a kind. */
export function Control({ kind, ...props }: ControlProps & { kind: Kind }) {
  const Shown = CONTROLS[kind];
  return <Shown {...props} />;
}

/** Left to Vitrine by a switch, or given. */
function OptionalField(props: ControlProps) {
  const { id, label, schema, value, onChange } = props;
  const inner = innerOf(schema) ?? {};
  const automatic = value === null || value === undefined;
  return (
    <>
      <Switch
        label={words.automatic}
        aria-label={words.automaticFor(label)}
        checked={automatic}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : firstOf(inner), 'final')}
      />
      {!automatic && (
        <div className={classes.indented}>
          <Control {...props} kind={kindOf(inner)} id={`${id}-value`} schema={inner} />
        </div>
      )}
    </>
  );
}

const FIRST_NUMBER = 1000;

/** What a value begins with when it is no longer automatic. */
export function firstOf(schema: ControlProps['schema']): unknown {
  if (schema.default !== undefined && schema.default !== null) return schema.default;
  if (schema.control === 'color') return '#ffffff';
  if (schema.control === 'aspect') return '1:1';
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'boolean') return false;
  if (schema.type === 'string') return '';
  const { min, max } = boundsOf(schema);
  return Math.min(max, Math.max(min, FIRST_NUMBER));
}
