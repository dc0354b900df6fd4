/**
 * `npm run bench:size`: whether what an identity provider does all day takes longer in a large directory, in one run on one
 * machine. Two workspaces of one database, a small and a large one, are asked in turn. Writes `bench/results/size.json`.
 * `--users` says how many people the large one has (10000000; about 4 GB a million), `--small` the small one (10000),
 * `--times` how often each request is sent (2000).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  addMembersBody,
  changeThreeBody,
  createGroupBody,
  createUserBody,
  lookupPath,
} from '../entra-requests.ts';
import { HttpClient } from '../http-client.ts';
import { machineText, thisMachine } from '../machine.ts';
import { rounded, tidy } from '../results.ts';
import { median, percentile } from '../statistics.ts';
import { idOf } from '../subject.ts';
import { type BenchService, givenBenchWorkspace, startBenchService } from '../sync/service.ts';
import { timed } from '../sync/watch.ts';
import { fillDirectory, userIdOf, userNameOf } from './fill-directory.ts';

const resultsFile = join(import.meta.dirname, '../results/size.json');
const ratioMax = 1.5;
const warmUps = 300;
/** A prime, so that the people who are asked for lie all over the directory. */
const stride = 7_919;

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000000' },
    small: { type: 'string', default: '10000' },
    times: { type: 'string', default: '2000' },
  },
});
/** A directory, and who asks about it. */
interface Directory {
  client: HttpClient;
  users: number;
  groupId: string;
}

/** One kind of request about a directory; `at` counts them. */
type Request = (directory: Directory, at: number) => Promise<unknown>;

const requests: readonly (readonly [name: string, request: Request])[] = [
  ['lookup', ({ client, users }, at) => client.send('GET', lookupPath(userNameOf(someone(at, users))), 200)],
  ['create', ({ client }, at) => client.send('POST', '/Users', 201, createUserBody(at))],
  [
    'PATCH',
    ({ client, users }, at) =>
      client.send('PATCH', `/Users/${userIdOf(someone(at, users))}`, 200, changeThreeBody(at)),
  ],
  [
    'member add',
    ({ client, users, groupId }, at) =>
      client.send('PATCH', `/Groups/${groupId}`, 204, addMembersBody([userIdOf(someone(at, users))])),
  ],
];

process.exitCode = await main(Number(values.users), Number(values.small), Number(values.times));

/** What a request takes in the small and in the large directory, in milliseconds. */
interface Figure {
  name: string;
  small: { p50Ms: number; p99Ms: number };
  large: { p50Ms: number; p99Ms: number };
  /** The 99th percentile of the large one ÷ that of the small one. */
  ratio: number;
  atMost: number;
}

async function main(users: number, smallUsers: number, times: number): Promise<number> {
  const [loadBefore = 0] = loadavg();
  const service = await startBenchService({
    environment: { USERS_PER_WORKSPACE: String(10 * users) },
  });
  try {
    const small = await givenDirectory(service, smallUsers);
    const large = await givenDirectory(service, users);
    const figures: Figure[] = [];
    for (const [name, request] of requests) {
      process.stderr.write(`Measuring: ${name} …\n`);
      figures.push(await compare(name, request, small, large, times));
    }
    for (const { client } of [small, large]) client.close();
    await report(figures, { users, smallUsers, times, load: [loadBefore, loadavg()[0] ?? 0] });
    return figures.every(isMet) ? 0 : 1;
  } finally {
    await service.stop();
  }
}

async function givenDirectory(service: BenchService, users: number): Promise<Directory> {
  const { id, apiToken } = await givenBenchWorkspace(service, `Directory of ${users}`);
  await fillDirectory(service.sql, id, users, (made) => {
    process.stderr.write(`Making ${users} users: ${made} …\n`);
  });
  const client = new HttpClient(service.url, apiToken, 1);
  const groupId = idOf(await client.send('POST', '/Groups', 201, createGroupBody('Everybody')));
  return { client, users, groupId };
}

/** In turn, so that whatever disturbs the machine disturbs both alike. */
async function compare(
  name: string,
  request: Request,
  small: Directory,
  large: Directory,
  times: number,
): Promise<Figure> {
  const [smallMs, largeMs]: [number[], number[]] = [[], []];
  for (let at = 0; at < warmUps + times; at += 1) {
    const isCounted = at >= warmUps;
    for (const [directory, spentMs] of [
      [small, smallMs],
      [large, largeMs],
    ] as const) {
      const ms = await timed(() => request(directory, at));
      if (isCounted) spentMs.push(ms);
    }
  }
  const of = (ms: number[]) => ({ p50Ms: median(ms), p99Ms: percentile(ms, 0.99) });
  const [inSmall, inLarge] = [of(smallMs), of(largeMs)];
  return { name, small: inSmall, large: inLarge, ratio: inLarge.p99Ms / inSmall.p99Ms, atMost: ratioMax };
}

/** The number of somebody, another one each time. */
function someone(at: number, users: number): number {
  return 1 + ((at * stride) % users);
}

async function report(figures: readonly Figure[], setup: Record<string, unknown>): Promise<void> {
  const machine = thisMachine();
  await mkdir(join(resultsFile, '..'), { recursive: true });
  const result = { setup: { at: new Date().toISOString(), ...setup }, machine, figures };
  await writeFile(resultsFile, await tidy(JSON.stringify(result, rounded), resultsFile));
  process.stdout.write(`${[machineText(machine), '', ...figures.map(lineOf), ''].join('\n')}`);
}

function isMet({ ratio, atMost }: Figure): boolean {
  return ratio <= atMost;
}

function lineOf(figure: Figure): string {
  const { name, small, large, ratio, atMost } = figure;
  const texts = [small, large].map(
    ({ p50Ms, p99Ms }) => `p50 ${p50Ms.toFixed(2)} p99 ${p99Ms.toFixed(2)} ms`,
  );
  return `${name.padEnd(12)} ${texts.join('   ')}   ÷ ${ratio.toFixed(2)} (≤ ${atMost}) ${isMet(figure) ? 'met' : 'NOT MET'}`;
}
