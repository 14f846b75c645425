import { useId } from 'react';
import type { ParamSchema, ParamsSchema } from '../lib/data/catalogue.ts';
import { kindOf, sameValue, type How, type Params } from './control-of.ts';
import { Control, GROUPS } from './controls.tsx';
import { Field } from './field.tsx';
import { labelOf } from './labels.ts';

export interface ParamFormProps {
  readonly schema: ParamsSchema;
  readonly values: Params;
  readonly onChange: (values: Params, how: How) => void;
  /** Opens the tool on the picture, where there is one. */
  readonly onPicture?: (() => void) | undefined;
  /** What is wrong, by the name of the parameter. */
  readonly problems?: Readonly<Record<string, string>>;
}

/** One parameter of a schema. */
export function Param({ name, schema, values, onChange, onPicture, problems = {} }: ParamFormProps & { name: string }) {
  const id = useId();
  const own: ParamSchema = schema.properties?.[name] ?? {};
  const kind = kindOf(own);
  const label = labelOf(name, own);
  const value = values[name] ?? own.default;
  const put = (next: unknown, how: How) => onChange({ ...values, [name]: next }, how);
  const isChanged = own.default !== undefined && !sameValue(value, own.default);
  const control = (
    <Control
      kind={kind}
      id={id}
      labelId={`${id}-label`}
      label={label}
      schema={own}
      value={value}
      onChange={put}
      onPicture={onPicture}
    />
  );
  return (
    <Field
      name={name}
      label={label}
      description={own.description}
      error={problems[name]}
      inputId={GROUPS.includes(kind) ? undefined : id}
      labelId={`${id}-label`}
      onReset={isChanged ? () => put(own.default, 'final') : undefined}
      beside={kind === 'switch' ? control : undefined}
    >
      {kind === 'switch' ? undefined : control}
    </Field>
  );
}
