import { Select } from '@mantine/core';
import { useModels } from '../lib/data/catalogue.ts';
import type { ControlProps } from './control.ts';
import { words } from './words.ts';

const AUTO = 'auto';

/** One of the networks that are installed for what is to be done, or whichever suits. */
export function ModelField({ id, label, schema, value, onChange }: ControlProps) {
  const models = useModels();
  const chosen = typeof value === 'string' ? value : AUTO;
  const fitting = (models.data?.items ?? []).filter(
    ({ id: model, task, installed }) => model === chosen || (installed && (schema.task ?? task) === task),
  );
  const options = fitting.map(({ id: model, title, installed }) => ({
    value: model,
    label: installed ? title : words.notInstalled(title),
  }));
  const known = chosen === AUTO || fitting.some(({ id: model }) => model === chosen);
  return (
    <Select
      id={id}
      aria-label={label}
      allowDeselect={false}
      data={[{ value: AUTO, label: words.automatic }, ...options, ...(known ? [] : [{ value: chosen, label: chosen }])]}
      value={chosen}
      onChange={(model) => model !== null && onChange(model, 'final')}
    />
  );
}
