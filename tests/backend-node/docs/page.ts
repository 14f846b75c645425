/** A page of the docs, and its commands as somebody would type them. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

export class Page {
  readonly text: string;

  constructor(path: string) {
    this.text = readFileSync(`docs/${path}`, 'utf8');
  }

  blocks(language: string): readonly string[] {
    return [...this.text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, block]) => block ?? '');
  }

  /** The only block in that language. */
  block(language: string): string {
    const [block, ...more] = this.blocks(language);
    if (block === undefined || more.length > 0) throw new Error(`Expected one block in ${language}, received others`);
    return block;
  }
}

/** What the commands print. The first that fails ends it; the rejection has what it wrote. */
export async function typed(folder: string, commands: string): Promise<string> {
  const script = `set -Eeuo pipefail\ntrap 'echo "failed: $BASH_COMMAND" >&2' ERR\n${commands}`;
  const { stdout, stderr } = await run('bash', ['-c', script], { cwd: folder, maxBuffer: 20_000_000 });
  if (stderr !== '') throw new Error(stderr);
  return stdout;
}
