import { Text } from '@mantine/core';
import { BackdropForm } from './backdrop-form.tsx';
import { BoxForm } from './box-form.tsx';
import { kindOf } from './control-of.ts';
import classes from './field.module.css';
import { Param, type ParamFormProps } from './param.tsx';
import { words } from './words.ts';

/** Controls for every parameter of a schema. */
export function ParamForm(props: ParamFormProps) {
  const { control, properties = {} } = props.schema;
  if (control === 'box') return <BoxForm {...props} />;
  if (control === 'backdrop') return <BackdropForm {...props} />;
  const names = Object.keys(properties).filter((name) => kindOf(properties[name] ?? {}) !== 'fixed');
  if (names.length === 0) return <Text c="dimmed">{words.noControls}</Text>;
  return (
    <div className={classes.form}>
      {names.map((name) => (
        <Param key={name} name={name} {...props} />
      ))}
    </div>
  );
}
