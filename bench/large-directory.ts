import { runLoad } from './load.ts';
import type { OnProgress } from './progress.ts';
import { median } from './statistics.ts';
import { concurrency, type Subject } from './subject.ts';
import { postUser } from './workload.ts';

/** How reading everybody grows with the directory. */
export interface LargeDirectoryResult {
  smallUsers: number;
  largeUsers: number;
  /** Users created per second while filling, without lookups. */
  postsPerSecond: number;
  /** Everybody read by index pages of 100: mean time of a page. */
  indexPageMsSmall: number;
  indexPageMsLarge: number;
  /** Median time of the first cursor page, and that of the slowest tenth of the directory. */
  cursorFirstPageMs: number;
  cursorSlowestTenthMs: number;
  cursorTenthsMs: number[];
}

interface ListAnswer {
  totalResults: number;
  nextCursor?: string;
  Resources: { id: string }[];
}

const pageSize = 100;
const smallWalks = 3;
const firstPageEvery = 10;
const tenths = 10;

/**
 * Fills a workspace and reads everybody from it, at a tenth of its size and at the whole.
 *
 * @param users a multiple of 1,000
 * @param beforeReading does what PostgreSQL would do by itself a minute later
 */
export async function measureLargeDirectory(
  subject: Subject,
  users: number,
  beforeReading: () => Promise<void>,
  onProgress: OnProgress,
): Promise<LargeDirectoryResult> {
  const smallUsers = users / 10;
  await fill(subject, smallUsers, onProgress);
  await beforeReading();
  const small: number[] = [];
  for (let walk = 0; walk < smallWalks; walk += 1) small.push(await readByIndex(subject, onProgress));
  const postsPerSecond = await fill(subject, users, onProgress);
  await beforeReading();
  const indexPageMsLarge = await readByIndex(subject, onProgress);
  const { firstMs, pagesMs } = await readByCursor(subject, onProgress);
  const cursorTenthsMs = Array.from({ length: tenths }, (_, tenth) =>
    median(pagesMs.slice((tenth * pagesMs.length) / tenths, ((tenth + 1) * pagesMs.length) / tenths)),
  );
  return {
    smallUsers,
    largeUsers: users,
    postsPerSecond,
    indexPageMsSmall: median(small),
    indexPageMsLarge,
    cursorFirstPageMs: median(firstMs),
    cursorSlowestTenthMs: Math.max(...cursorTenthsMs),
    cursorTenthsMs,
  };
}

async function fill(subject: Subject, upTo: number, onProgress: OnProgress): Promise<number> {
  const first = subject.userIds.length;
  const { seconds } = await runLoad(upTo - first, concurrency, (index) => {
    if (index % 5_000 === 0) onProgress(`Filling the large directory: ${first + index} of ${upTo} users`);
    return postUser(subject, index, first);
  });
  return (upTo - first) / seconds;
}

/**
 * Mean time of a page when everybody is read by index.
 *
 * @throws Error when a total is wrong, or somebody is missing or comes twice
 */
async function readByIndex(subject: Subject, onProgress: OnProgress): Promise<number> {
  const total = subject.userIds.length;
  onProgress(`Reading ${total} users by index pages`);
  const seen = new Set<string>();
  let spentMs = 0;
  let pages = 0;
  for (let startIndex = 1; startIndex <= total; startIndex += pageSize) {
    const { page, ms } = await readPage(subject, `startIndex=${startIndex}&count=${pageSize}`);
    if (page.totalResults !== total) throw new Error(`totalResults ${page.totalResults} instead of ${total}`);
    for (const { id } of page.Resources) seen.add(id);
    spentMs += ms;
    pages += 1;
  }
  expectEverybody(seen, total);
  return spentMs / pages;
}

/** Times of all cursor pages in their order; the first one is asked for again and again in between. */
async function readByCursor(
  subject: Subject,
  onProgress: OnProgress,
): Promise<{ firstMs: number[]; pagesMs: number[] }> {
  onProgress(`Reading ${subject.userIds.length} users by cursor pages`);
  const firstMs: number[] = [];
  const pagesMs: number[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    if (pagesMs.length % firstPageEvery === 0) {
      firstMs.push((await readPage(subject, `cursor=&count=${pageSize}`)).ms);
    }
    const { page, ms }: { page: ListAnswer; ms: number } = await readPage(
      subject,
      `cursor=${cursor}&count=${pageSize}`,
    );
    for (const { id } of page.Resources) seen.add(id);
    pagesMs.push(ms);
    cursor = page.nextCursor;
  }
  expectEverybody(seen, subject.userIds.length);
  return { firstMs, pagesMs };
}

async function readPage(subject: Subject, query: string): Promise<{ page: ListAnswer; ms: number }> {
  const startedAt = performance.now();
  const answer = await subject.client.send('GET', `/Users?${query}`, 200);
  const ms = performance.now() - startedAt;
  return { page: JSON.parse(answer) as ListAnswer, ms };
}

function expectEverybody(seen: Set<string>, total: number): void {
  if (seen.size !== total) throw new Error(`${seen.size} different users were listed instead of ${total}`);
}
