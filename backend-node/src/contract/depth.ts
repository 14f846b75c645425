/** How deep JSON is nested: what nobody meant costs no stack. */

const inside = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

/** Whether lists and objects lie at most so many levels deep in each other. */
export function isShallow(value: unknown, most: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return false;
    level = level.flatMap(inside);
  }
  return true;
}
