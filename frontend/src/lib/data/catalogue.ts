/** What recipes can be made of, as the processing service tells it. It changes with an update of Vitrine only. */
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { keys } from './keys.ts';

/** JSON Schema of a parameter, as far as controls look into it. */
export interface ParamSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** What a model is asked for, where control is model. */
  readonly task?: string;
  readonly anyOf?: readonly ParamSchema[];
  readonly prefixItems?: readonly ParamSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  /** What it means, where that is more than its type: color, aspect, blob, mask, model, angle, corners. */
  readonly control?: string;
  /** '' or e.g. px, °, %, K */
  readonly unit?: string;
  readonly result_size?: boolean;
}

export interface ParamsSchema {
  readonly properties?: Readonly<Record<string, ParamSchema>>;
  readonly required?: readonly string[];
  /** Parameters that are one thing on the picture together: box, backdrop. */
  readonly control?: string;
}

export interface Operation {
  readonly name: string;
  readonly title?: string;
  readonly version: number;
  readonly group: string;
  readonly summary: string;
  readonly description: string;
  readonly generative: boolean;
  /** Whether it changes where things are in the picture. */
  readonly moves: boolean;
  readonly params: ParamsSchema;
  /** The operation that takes a mask somebody painted, in the place of this one. */
  readonly painted_by?: string | null;
}

/** A step as recipes hold it. */
export interface Step {
  readonly operation: string;
  readonly version?: number;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly enabled?: boolean;
}

export interface Recipe {
  readonly steps: readonly Step[];
  readonly output?: Readonly<Record<string, unknown>>;
}

export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** preset, mode or channel */
  readonly kind: string;
  readonly recipe: Recipe;
  /** Steps that depend on the picture: they are known once it was looked at. */
  readonly rules?: readonly unknown[];
}

export interface Model {
  readonly id: string;
  readonly title: string;
  /** What it is for: product-mask, … */
  readonly task: string;
  readonly bytes: number;
  readonly registry: string;
  readonly package: string;
  readonly version: string;
  readonly license_weights: string;
  readonly license_package: string;
  readonly default: boolean;
  readonly installed: boolean;
}

interface Catalogue<T> {
  readonly items: readonly T[];
  readonly groups?: readonly string[];
  /** What a recipe may say about the result's file. With the operations only. */
  readonly output?: ParamsSchema;
}

function useCatalogue<T>(name: 'operations' | 'presets' | 'models') {
  return useQuery({
    queryKey: keys.catalogue(name),
    queryFn: async ({ signal }) => (await call(`get /${name}`, { signal })) as unknown as Catalogue<T>,
    staleTime: Infinity,
  });
}

export const useOperations = () => useCatalogue<Operation>('operations');
export const usePresets = () => useCatalogue<Preset>('presets');
export const useModels = () => useCatalogue<Model>('models');

/** 'some-operation' as people read it. */
export const titleOf = ({ name, title }: { readonly name: string; readonly title?: string }): string =>
  title ?? sentenceOf(name);

/** 'kelvin_shift' or 'bbox-area' as people read it: 'Kelvin shift'. Units at the end of a name go: they stand beside the number. */
export function sentenceOf(name: string): string {
  const text = name.replace(/_(?:px|deg|percent|s|ms)$/, '').replace(/[-_]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
