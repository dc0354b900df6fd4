import { median } from '../statistics.ts';
import { seedDirectory } from '../sync/company.ts';
import { type BenchService, type BenchWorkspace, givenBenchWorkspace } from '../sync/service.ts';
import { synchronize, timed } from '../sync/watch.ts';
import type { Figure } from './figure.ts';

const pollMs = 50;
const warmUpPeople = 2_000;
/** Of the first ones some are slower: statements are planned, and code is compiled. */
const warmUpPatches = 300;
const patches = 1_500;
const rounds = 3;

/** What events cost: a first run, and a change of a member, beside the service without events. */
export async function measureWriting(
  service: BenchService,
  bare: BenchService,
  people: number,
  say: (what: string) => void,
): Promise<Figure[]> {
  say('Warming up');
  for (const each of [bare, service]) await firstRun(each, warmUpPeople);
  // Before the runs: PostgreSQL cleans up behind them, more where there are events, and has less time for a change.
  say('Changing members');
  const ratio = await patchRatio(service, bare);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    say(`Synchronizing ${people} new people, with and without events, ${round + 1} of ${rounds}`);
    ratios.push(await firstRunRatio(service, bare, people, round % 2 === 0));
  }
  return [
    {
      name: `run of ${people} new people, with events ÷ without`,
      is: median(ratios),
      atMost: 1.25,
      unit: '',
    },
    { name: 'PATCH of a member, with event ÷ without', is: ratio, atMost: 1.15, unit: '' },
  ];
}

/** Who begins takes turns, too: the second one runs while the disk is still busy with what the first one wrote. */
async function firstRunRatio(
  service: BenchService,
  bare: BenchService,
  people: number,
  isBareFirst: boolean,
): Promise<number> {
  if (isBareFirst) {
    const without = await firstRun(bare, people);
    return (await firstRun(service, people)) / without;
  }
  const withEvents = await firstRun(service, people);
  return withEvents / (await firstRun(bare, people));
}

async function firstRun(service: BenchService, people: number): Promise<number> {
  const workspace = await givenBenchWorkspace(service, `Company of ${people}`);
  await seedDirectory(service.sql, workspace.id, people);
  await service.sql.query('CHECKPOINT');
  return timed(() => synchronize(workspace, pollMs));
}

/** The two take turns, so that a change of the machine's load meets both. */
async function patchRatio(service: BenchService, bare: BenchService): Promise<number> {
  const sides = await Promise.all([service, bare].map(givenMember));
  const times: number[][] = [[], []];
  for (let at = 0; at < warmUpPatches + patches; at += 1) {
    for (const [side, { workspace, id }] of sides.entries()) {
      const jobTitle = `Title ${at}`;
      const took = await timed(() => workspace.admin('PATCH', `/api/members/${id}`, { jobTitle }));
      if (at >= warmUpPatches) times[side]?.push(took);
    }
  }
  const [withEvent = [], without = []] = times;
  return median(withEvent) / median(without);
}

async function givenMember(service: BenchService): Promise<{ workspace: BenchWorkspace; id: string }> {
  const workspace = await givenBenchWorkspace(service, 'Changes');
  const made = (await workspace.admin('POST', '/api/members', { email: 'ada@example.com' })) as {
    id: string;
  };
  return { workspace, id: made.id };
}
