/** Addresses as somebody pasted them. */

export interface Pasted {
  /** Each once, in order. */
  readonly urls: readonly string[];
  /** Lines that hold something else. */
  readonly wrong: readonly number[];
  /** How many came more than once. */
  readonly twice: number;
}

const BRACKETS = /^[<"'(]+|[>"'),;]+$/g;

/** One on each line, or with blanks between them. */
export function addressesOf(text: string): Pasted {
  const urls = new Set<string>();
  const wrong = new Set<number>();
  let twice = 0;
  for (const [at, line] of text.split(/\r\n|\n|\r/).entries()) {
    for (const part of line.split(/\s+/)) {
      const url = part.replace(BRACKETS, '');
      if (url === '') continue;
      if (!isAddress(url)) wrong.add(at + 1);
      else if (urls.has(url)) twice += 1;
      else urls.add(url);
    }
  }
  return { urls: [...urls], wrong: [...wrong], twice };
}

/** Whether the gateway would ask for it at all: http or https, a host, and no password in it. */
export function isAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  return hostname !== '' && username === '' && password === '';
}
