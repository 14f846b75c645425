/** A browser and its system, in the words people use, from what it calls itself. */
import { words } from './words.ts';

/** In this order: each one pretends to be those below it. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/EdgA?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Vivaldi\//, 'Vivaldi'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^python|^httpx/i, 'Python'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];

const found = (table: typeof BROWSERS, agent: string): string | undefined =>
  table.find(([pattern]) => pattern.test(agent))?.[1];

/** 'Firefox on Windows'; what it calls itself where that says nothing. */
export function deviceOf(agent: string): string {
  const browser = found(BROWSERS, agent);
  const system = found(SYSTEMS, agent);
  if (browser !== undefined && system !== undefined) return words.device.of(browser, system);
  return browser ?? system ?? (agent.slice(0, 40) || words.device.unknown);
}

export const isPhone = (agent: string): boolean => /iPhone|iPad|Android|Mobile/.test(agent);
