/** The lines of an answer, as they arrive. */
export async function* linesOf(answer: Response): AsyncGenerator<string> {
  // Not every browser can iterate over a stream: it is read by hand.
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest !== '') yield rest;
}
