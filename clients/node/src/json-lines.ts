/**
 * Reads a stream of JSON, one value a line (`application/x-ndjson`), as it comes: what has been read is not kept.
 *
 * @throws SyntaxError for a line that is not JSON
 */
export async function* readJsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line);
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield JSON.parse(rest);
}

/** Writes values as a stream of JSON, one a line, as they come. */
export function writeJsonLines(
  values: AsyncIterable<unknown> | Iterable<unknown>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return ReadableStream.from(encoded(values, encoder));
}

async function* encoded(
  values: AsyncIterable<unknown> | Iterable<unknown>,
  encoder: TextEncoder,
): AsyncGenerator<Uint8Array> {
  for await (const value of values) yield encoder.encode(`${JSON.stringify(value)}\n`);
}
