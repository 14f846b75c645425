/** Turning a picture by hand: degrees, clockwise, from -180 to 180. */
import type { Point, Size } from '../view.ts';

export const tenth = (angle_deg: number): number => Math.round(angle_deg * 10) / 10 + 0;

/** The same direction, from -180 (left out) to 180. */
export function wrapped(angle_deg: number): number {
  const rest = ((angle_deg % 360) + 360) % 360;
  return rest > 180 ? rest - 360 : rest;
}

/** How far a pointer went around a centre. */
export function turnAround(centre: Point, from: Point, to: Point): number {
  const angleOf = (point: Point) => Math.atan2(point.y - centre.y, point.x - centre.x);
  return wrapped(((angleOf(to) - angleOf(from)) * 180) / Math.PI);
}

/** Quarter turns, and what is left of the angle: -45 to 45. */
export function parted(angle_deg: number): { readonly quarters: number; readonly fine_deg: number } {
  const quarters = Math.round(angle_deg / 90) + 0;
  return { quarters, fine_deg: tenth(angle_deg - quarters * 90) };
}

/** How much smaller the turned picture must be to stay within the frame it had. */
export function shrinkOf(angle_deg: number, { width, height }: Size): number {
  const turn = (angle_deg * Math.PI) / 180;
  const [sin, cos] = [Math.abs(Math.sin(turn)), Math.abs(Math.cos(turn))];
  return Math.min(1, width / (width * cos + height * sin), height / (width * sin + height * cos));
}
