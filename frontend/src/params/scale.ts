/** Where a value stands on its slider. Sizes that start small get more room at the small end. */
import { boundsOf, fitted, type Bounds } from './control-of.ts';
import type { ParamSchema } from '../lib/data/catalogue.ts';

/** How finely a bent slider is divided. */
export const POSITIONS = 1000;
const BEND = 2.5;
const SMALL = 0.12;
const WIDE = 20;

export interface Scale {
  readonly bounds: Bounds;
  readonly bent: boolean;
}

export function scaleOf(schema: ParamSchema, standard: unknown): Scale {
  const bounds = boundsOf(schema);
  const { min, max } = bounds;
  const share = typeof standard === 'number' ? (standard - min) / (max - min) : 1;
  return { bounds, bent: min >= 0 && max - min >= WIDE && share < SMALL };
}

export function positionOf(value: number, { bounds: { min, max }, bent }: Scale): number {
  const share = Math.min(1, Math.max(0, (value - min) / (max - min)));
  return Math.round(POSITIONS * (bent ? share ** (1 / BEND) : share));
}

export function valueAt(position: number, { bounds, bent }: Scale): number {
  const { min, max, step } = bounds;
  const share = position / POSITIONS;
  const value = min + (max - min) * (bent ? share ** BEND : share);
  if (position <= 0 || position >= POSITIONS) return position <= 0 ? min : max;
  return fitted(Math.round(value / step) * step, bounds);
}
