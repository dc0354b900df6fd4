import cluster from 'node:cluster';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Team } from '../../src/application/processes/team.ts';
import { eventually } from '../harness/synchronize.ts';

const before = { ...cluster.settings };
const program = join(import.meta.dirname, 'busy-worker.ts');
const one = new Agent({ keepAlive: true, maxSockets: 1 });
const other = new Agent({ keepAlive: true, maxSockets: 1 });
let team: Team;
let port: number;

beforeAll(async () => {
  const log = pino({ enabled: false });
  team = new Team({ size: 2, program, databaseUrl: '', shutdownDelayMs: 0, log });
  port = await team.start();
});

afterAll(async () => {
  for (const agent of [one, other]) agent.destroy();
  await team.stop();
  cluster.setupPrimary(before);
});

/** Which process answers on this connection, and whether many requests come in as it knows. */
async function asked(agent: Agent): Promise<{ process: string; isBusy: boolean }> {
  const answer = await new Promise<string>((resolve, reject) => {
    get({ port, host: '127.0.0.1', agent }, (response) => void text(response).then(resolve, reject)).on(
      'error',
      reject,
    );
  });
  const [process = '', isBusy] = answer.split(' ');
  return { process, isBusy: isBusy === 'true' };
}

it('a process knows that many requests come in to another one behind its port, until they are over', async () => {
  const [busy, idle] = [await asked(one), await asked(other)];
  expect(busy.process).not.toBe(idle.process);
  const load = { isOn: true };
  const loading = (async () => {
    while (load.isOn) await asked(one);
  })();
  const heard = await eventually(async () => ((await asked(other)).isBusy ? true : null));
  expect(heard).toBe(true);
  load.isOn = false;
  await loading;
  await eventually(async () => {
    await sleep(200);
    return (await asked(other)).isBusy ? null : true;
  });
});
