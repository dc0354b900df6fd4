import { expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { createClient } from '../src/client.ts';
import { CursorTooOld, ProblemError, readRetryAfter } from '../src/problem.ts';

type Answer = 'page' | 'empty' | 'cut' | 'no network' | 503 | 429;
const anyAnswer = fc.constantFrom<Answer>('page', 'page', 'page', 'empty', 'cut', 'no network', 503, 429);

/** Answers a feed of numbered events, three a page, and now and then something else. */
function feedOf(answers: Answer[], count: number, asked: string[] = []): typeof fetch {
  return (input) => {
    const after = new URL((input as Request).url).searchParams.get('after') ?? '0';
    asked.push(after);
    if (after === 'now') return Promise.resolve(Response.json({ items: [], next: '2', more: false }));
    const from = Number(after);
    const items = Array.from({ length: Math.min(3, count - from) }, (_, at) => ({ sequence: from + at + 1 }));
    const page = JSON.stringify({
      items,
      next: String(from + items.length),
      more: from + items.length < count,
    });
    const answer = answers.shift() ?? 'page';
    const isMore = from + items.length < count;
    const headers = {
      'content-type': 'application/json',
      ...(isMore && { link: `<?limit=3&after=${from + items.length}>; rel="next"` }),
    };
    if (answer === 'no network') return Promise.reject(new TypeError('fetch failed'));
    if (answer === 'cut') return Promise.resolve(new Response(page.slice(0, page.length / 2), { headers }));
    if (answer === 'empty')
      return Promise.resolve(Response.json({ items: [], next: String(from), more: true }));
    if (answer === 'page') return Promise.resolve(new Response(page, { headers }));
    return Promise.resolve(
      Response.json({ title: 'Not now' }, { status: answer, headers: { 'retry-after': '0' } }),
    );
  };
}

it('gives each event once and in order, whatever happens to the answers', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyAnswer, { maxLength: 20 }),
      fc.integer({ min: 1, max: 20 }),
      async (answers, count) => {
        const stop = new AbortController();
        const client = createClient({ url: 'http://service', key: 'k', fetch: feedOf([...answers], count) });
        const stream = client.events({ signal: stop.signal });
        const seen: number[] = [];
        for await (const { sequence } of stream) if (seen.push(sequence) === count) break;
        expect(seen).toEqual(Array.from({ length: count }, (_, at) => at + 1));
        // What has been handled in part comes again to a process that begins at the cursor: nothing is lost.
        expect(Number(stream.cursor ?? 0)).toBeLessThan(count);
      },
    ),
  );
});

it('moves the cursor when the last event of a page has been handled', async () => {
  const client = createClient({ url: 'http://service', key: 'k', fetch: feedOf([], 4) });
  const stream = client.events();
  const cursors: (string | null)[] = [];
  for await (const { sequence } of stream) {
    cursors.push(stream.cursor);
    if (sequence === 4) break;
  }
  expect(cursors).toEqual([null, null, null, '3']);
});

it('asks for the next page while one is handled, and for no further one', async () => {
  const asked: string[] = [];
  const client = createClient({ url: 'http://service', key: 'k', fetch: feedOf([], 30, asked) });
  const seen: string[][] = [];
  for await (const { next } of client.events().pages()) {
    await new Promise(setImmediate);
    seen.push([...asked]);
    if (next === '9') break;
  }
  expect(seen).toEqual([
    ['0', '3'],
    ['0', '3', '6'],
    ['0', '3', '6', '9'],
  ]);
});

it('follows what happens from now on, and has no place to save before it knows one', async () => {
  const asked: string[] = [];
  const client = createClient({ url: 'http://service', key: 'k', fetch: feedOf([], 4, asked) });
  const stream = client.events({ after: 'now' });
  expect(stream.cursor).toBeNull();
  const seen: number[] = [];
  for await (const { sequence } of stream) if (seen.push(sequence) === 2) break;
  expect(seen).toEqual([3, 4]);
  expect(stream.cursor).toBe('2');
  expect(asked).toEqual(['now', '2']);
});

const refusing =
  (status: number): typeof fetch =>
  () =>
    Promise.resolve(
      Response.json({ type: 'urn:x:problem:cursor-too-old', detail: 'Too old.', status }, { status }),
    );

it('throws CursorTooOld for 410, and what does not pass by itself', async () => {
  const read = async (status: number) => {
    for await (const _ of createClient({ url: 'http://service', key: 'k', fetch: refusing(status) }).events())
      break;
  };
  await expect(read(410)).rejects.toBeInstanceOf(CursorTooOld);
  await expect(read(410)).rejects.toMatchObject({
    status: 410,
    type: 'cursor-too-old',
    message: 'Too old. (410)',
  });
  await expect(read(401)).rejects.toBeInstanceOf(ProblemError);
});

it('ends at once when its signal is aborted, also while it waits for an answer or pauses', async () => {
  const stop = new AbortController();
  const never: typeof fetch = (input) =>
    new Promise((_, reject) => {
      const { signal } = input as Request;
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  const client = createClient({ url: 'http://service', key: 'k', fetch: never });
  setTimeout(() => stop.abort(), 10);
  const seen = [];
  for await (const event of client.events({ signal: stop.signal })) seen.push(event);
  expect(seen).toEqual([]);
});

it('reads Retry-After as seconds and as a date', () => {
  const now = Date.parse('2026-11-28T12:00:00Z');
  expect(readRetryAfter('7', now)).toBe(7000);
  expect(readRetryAfter('Sat, 28 Nov 2026 12:00:05 GMT', now)).toBe(5000);
  expect(readRetryAfter('soon', now)).toBeNull();
  expect(readRetryAfter(null, now)).toBeNull();
});
