/** Steps of a recipe as people read them. */
import { sentenceOf, titleOf, type Operation, type ParamSchema, type Step } from '../../lib/data/catalogue.ts';
import { formatNumber } from '../../lib/format.ts';

export interface ToldStep {
  readonly title: string;
  /** What was set otherwise than it is by default: 'Aspect 1:1, Fill 60 %'. */
  readonly settings: string;
  readonly enabled: boolean;
}

export function toldSteps(steps: readonly Step[], operations: readonly Operation[]): ToldStep[] {
  const known = new Map(operations.map((operation) => [operation.name, operation]));
  return steps.map(({ operation: name, params = {}, enabled = true }) => {
    const operation = known.get(name);
    return {
      title: titleOf(operation ?? { name }),
      settings: settingsOf(params, operation?.params.properties ?? {}),
      enabled,
    };
  });
}

function settingsOf(params: Readonly<Record<string, unknown>>, schemas: Readonly<Record<string, ParamSchema>>): string {
  return Object.entries(params)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(schemas[name]?.default))
    .map(([name, value]) => settingOf(name, value, schemas[name] ?? {}))
    .filter((text) => text !== '')
    .join(', ');
}

/** '' where the value says nothing to a person: files, shapes, what is left out. */
function settingOf(name: string, value: unknown, { title, unit = '' }: ParamSchema): string {
  const label = title ?? sentenceOf(name);
  if (typeof value === 'boolean') return value ? label : `no ${label.toLowerCase()}`;
  if (typeof value === 'number') return `${label} ${formatNumber(value)}${unit === '' ? '' : ` ${unit}`}`;
  return typeof value === 'string' && value.length <= 40 ? `${label} ${value}` : '';
}
