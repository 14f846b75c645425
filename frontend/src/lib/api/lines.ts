/** The lines of an answer, as they arrive. */
export const linesOf = (answer: Response): AsyncGenerator<string> => partsOf(answer, '\n');

/** What stands between separators, as it arrives. Nothing more is read once nobody asks for more. */
export async function* partsOf(answer: Response, separator: string): AsyncGenerator<string> {
  // Not every browser can iterate over a stream: it is read by hand.
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      const parts = (rest + part.value).split(separator);
      rest = parts.pop() ?? '';
      yield* parts.filter((text) => text !== '');
    }
    if (rest !== '') yield rest;
  } finally {
    // What broke off cannot be given back.
    await reader?.cancel().catch(() => undefined);
  }
}
