/** Four corners of what becomes a rectangle, each in percent from the top left, clockwise from the top left one. */
import { between, type Point } from '../view.ts';

export type Corners = readonly [Point, Point, Point, Point];

export const WHOLE_CORNERS: Corners = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 100 },
  { x: 0, y: 100 },
];

/** Less than this, and two sides are nearly one line. */
const LEAST_TURN = 0.5;

export function cornersIn(value: unknown): Corners {
  if (!Array.isArray(value)) return WHOLE_CORNERS;
  const [a, b, c, d] = value.map(pointIn);
  return a && b && c && d ? [a, b, c, d] : WHOLE_CORNERS;
}

export const cornersValue = (corners: Corners): number[][] => corners.map(({ x, y }) => [rounded(x), rounded(y)]);

/** One corner at another place, within the picture. The same corners where that would fold the shape over. */
export function withCorner(corners: Corners, at: number, { x, y }: Point): Corners {
  const point = { x: between(x, 0, 100), y: between(y, 0, 100) };
  const [a, b, c, d] = corners.map((corner, index) => (index === at ? point : corner));
  if (!a || !b || !c || !d) return corners;
  return isConvex([a, b, c, d]) ? [a, b, c, d] : corners;
}

function isConvex(corners: Corners): boolean {
  return corners.every((corner, at) => {
    const next = corners[(at + 1) % 4] ?? corner;
    const after = corners[(at + 2) % 4] ?? corner;
    const turn = (next.x - corner.x) * (after.y - next.y) - (next.y - corner.y) * (after.x - next.x);
    return turn > LEAST_TURN;
  });
}

function pointIn(value: unknown): Point | undefined {
  const [x, y] = Array.isArray(value) ? (value as unknown[]) : [];
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : undefined;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
