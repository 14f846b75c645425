/** Runs one of the gateway's small programs as people do: in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly complaint: string;
}

export async function program(
  tool: string,
  verb: string,
  environment: Readonly<Record<string, string>>,
  input = '',
): Promise<Ending> {
  const child = spawn(process.execPath, [`backend-node/src/tools/${tool}.ts`, verb], { env: environment });
  child.stdin.on('error', () => undefined).end(input);
  const [out, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, out, complaint };
}
