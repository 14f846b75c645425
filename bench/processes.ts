/** What processes cost, as Linux tells. */
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_S = 100;
/** Of /proc/PID/stat, behind the name. */
const PARENT = 1;
const USER = 11;
const SYSTEM = 12;

const fields = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');

/** A process and all that it started, and those. */
export function familyOf(pid: number | undefined): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): [number, number][] => {
      try {
        return [[Number(name), Number(fields(Number(name))[PARENT])]];
      } catch {
        // It has just ended.
        return [];
      }
    });
  const family = pid === undefined ? [] : [pid];
  for (const one of family) family.push(...parents.filter(([, parent]) => parent === one).map(([child]) => child));
  return family;
}

/** CPU seconds that they used so far; nothing of those that have ended. */
export const cpuOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    try {
      const told = fields(pid);
      return sum + (Number(told[USER]) + Number(told[SYSTEM])) / TICKS_PER_S;
    } catch {
      return sum;
    }
  }, 0);

/** Memory it has in use; 0 where it has ended. */
export function rssMb(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return 0;
  }
}
