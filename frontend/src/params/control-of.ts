/** Which control a parameter gets: by the kind of its schema, whatever operation it belongs to. */
import type { ParamSchema, ParamsSchema } from '../lib/data/catalogue.ts';

export type Params = Readonly<Record<string, unknown>>;

/** live: while somebody drags or types; it is one change together with the final one. */
export type How = 'live' | 'final';

export type Kind =
  | 'fixed'
  | 'optional'
  | 'color'
  | 'aspect'
  | 'blob'
  | 'mask'
  | 'model'
  | 'corners'
  | 'slider'
  | 'number'
  | 'segments'
  | 'select'
  | 'switch'
  | 'text'
  | 'json';

/** Meanings that have a control of their own; an angle is a number with a grid on the picture. */
const MEANINGS: Readonly<Record<string, Kind>> = {
  color: 'color',
  aspect: 'aspect',
  blob: 'blob',
  mask: 'mask',
  model: 'model',
  corners: 'corners',
};

const MOST_SEGMENTS = 4;
const MOST_SEGMENT_LETTERS = 30;
const WIDEST_SLIDER = 6000;

export function kindOf(schema: ParamSchema): Kind {
  if (schema.const !== undefined) return 'fixed';
  if (schema.anyOf) return optionalKind(schema);
  const meant = schema.control === undefined ? undefined : MEANINGS[schema.control];
  if (meant) return meant;
  if (schema.enum) return fitsSegments(schema.enum) ? 'segments' : 'select';
  return plainKind(schema);
}

function plainKind(schema: ParamSchema): Kind {
  if (schema.type === 'boolean') return 'switch';
  if (schema.type === 'string') return 'text';
  if (schema.type !== 'number' && schema.type !== 'integer') return 'json';
  const { min, max } = boundsOf(schema);
  return max - min <= WIDEST_SLIDER ? 'slider' : 'number';
}

/** Pictures say themselves that there is none; all else can be left to Vitrine by a switch. */
function optionalKind(schema: ParamSchema): Kind {
  const inner = innerOf(schema);
  if (!inner) return 'json';
  return inner.control === 'blob' ? 'blob' : 'optional';
}

/** What it is where it is something: the one of anyOf that is not null. */
export function innerOf(schema: ParamSchema): ParamSchema | undefined {
  const some = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  const [inner] = some;
  if (some.length !== 1 || !inner) return undefined;
  return { ...inner, ...(schema.unit !== undefined && { unit: schema.unit }) };
}

function fitsSegments(values: readonly (string | number)[]): boolean {
  const letters = values.reduce<number>((sum, value) => sum + String(value).length, 0);
  return values.length <= MOST_SEGMENTS && letters <= MOST_SEGMENT_LETTERS;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** A step that people can feel and computers can count: a power of ten, about a hundredth of the range. */
export function boundsOf(schema: ParamSchema): Bounds {
  const low = schema.minimum ?? schema.exclusiveMinimum ?? -Infinity;
  const high = schema.maximum ?? schema.exclusiveMaximum ?? Infinity;
  const step = stepOf(schema, high - low);
  const min = schema.minimum === undefined && Number.isFinite(low) ? low + step : low;
  const max = schema.maximum === undefined && Number.isFinite(high) ? high - step : high;
  return { min, max, step };
}

const ANGLE_STEP_DEG = 0.1;
const STEPS_ABOUT = 90;

function stepOf(schema: ParamSchema, range: number): number {
  if (schema.control === 'angle') return ANGLE_STEP_DEG;
  const fitting = Number.isFinite(range) && range > 0 ? 10 ** Math.floor(Math.log10(range / STEPS_ABOUT)) : 1;
  return schema.type === 'integer' ? Math.max(1, fitting) : Math.min(fitting, 100);
}

/** Within the bounds, and without the dust of binary fractions. */
export function fitted(value: number, { min, max, step }: Bounds): number {
  const digits = Math.max(0, Math.ceil(-Math.log10(step))) + 2;
  return Number(Math.min(max, Math.max(min, value)).toFixed(digits));
}

/** The parameters of a new step: those that have a default. */
export const defaultsOf = ({ properties = {} }: ParamsSchema): Params =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) =>
      schema.default === undefined ? [] : [[name, schema.default] as const],
    ),
  );

/** Names of parameters that need a value and have none. */
export function missingIn({ required = [], control }: ParamsSchema, values: Params): readonly string[] {
  const wanted = control === 'backdrop' && values['kind'] === 'image' ? [...required, 'blob'] : required;
  return wanted.filter((name) => values[name] === undefined || values[name] === null || values[name] === '');
}

export const sameValue = (one: unknown, other: unknown): boolean =>
  Object.is(one, other) || JSON.stringify(one) === JSON.stringify(other);

/** What is set on the picture itself rather than beside it. */
export type PictureTool = 'box' | 'corners' | 'angle' | 'mask';

/** undefined: nothing of it can be set on the picture. */
export function pictureToolOf({ control, properties = {} }: ParamsSchema): PictureTool | undefined {
  if (control === 'box') return 'box';
  const controls = new Set(Object.values(properties).map((schema) => schema.control));
  return (['corners', 'mask', 'angle'] as const).find((kind) => controls.has(kind));
}
