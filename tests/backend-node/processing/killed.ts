/** What kill -9 does to a service, its children included. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { RunningService } from '../pyservice.ts';

export async function killed({ child }: RunningService): Promise<void> {
  const pids = child.pid === undefined ? [] : familyOf(child.pid);
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  for (const pid of pids) signal(pid, 'SIGKILL');
  await exited;
}

/** Stops or goes on with all of its processes. */
export function paused({ child }: RunningService, how: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of child.pid === undefined ? [] : familyOf(child.pid)) signal(pid, how);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

function familyOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(familyOf)];
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
