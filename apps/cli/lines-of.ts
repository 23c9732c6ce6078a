/**
 * The lines of a stream, one at a time. Only a line feed ends one: JSON may hold every other separator inside its
 * texts, and `node:readline` would cut there.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let begun = '';
  for await (const chunk of chunks) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    begun += first;
    for (const line of others) {
      yield begun.replace(/\r$/, '');
      begun = line;
    }
  }
  begun += decoder.decode();
  if (begun !== '') yield begun;
}
