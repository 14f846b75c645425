import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCrop } from '@tabler/icons-react';
import type { ParamsSchema } from '../lib/data/catalogue.ts';
import { sameValue, type How, type Params } from './control-of.ts';
import classes from './field.module.css';
import { Param, type ParamFormProps } from './param.tsx';
import { NumbersButton } from './numbers-button.tsx';
import { words } from './words.ts';

/** What counts anew when the unit changes: the same numbers would mean another place. */
const SIDES = ['x', 'y', 'width', 'height'];

/** A box: drawn on the picture, or typed. */
export function BoxForm(props: ParamFormProps) {
  const { schema, values, onChange, onPicture } = props;
  const [opened, { toggle }] = useDisclosure(false);
  const names = Object.keys(schema.properties ?? {});
  const unit = (values['unit'] ?? schema.properties?.['unit']?.default) === 'px' ? 'px' : '%';
  const counted = { ...schema, properties: withUnit(schema.properties, unit) };
  const counting = names.filter((name) => !SIDES.includes(name));
  const change = (next: Params, how: How) => {
    const sameUnit = counting.every((name) => sameValue(next[name], values[name]));
    onChange(sameUnit ? next : withoutSides(next), how);
  };
  return (
    <div className={classes.form}>
      <div className={classes.tools}>
        {onPicture && (
          <Button variant="light" leftSection={<IconCrop size={18} stroke={1.6} />} onClick={onPicture}>
            {words.drawBox}
          </Button>
        )}
        <NumbersButton opened={opened} onClick={toggle} />
      </div>
      {opened && (
        <div className={classes.form}>
          {counting.map((name) => (
            <Param key={name} {...props} name={name} onChange={change} />
          ))}
          <div className={classes.numbers}>
            {names
              .filter((name) => SIDES.includes(name))
              .map((name) => (
                <Param key={name} {...props} schema={counted} name={name} />
              ))}
          </div>
        </div>
      )}
    </div>
  );
}

const withoutSides = (values: Params): Params =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !SIDES.includes(name)));

const withUnit = (properties: ParamsSchema['properties'], unit: string) =>
  Object.fromEntries(Object.entries(properties ?? {}).map(([name, own]) => [name, { ...own, unit }]));
