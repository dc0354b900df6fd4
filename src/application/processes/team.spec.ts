import cluster from 'node:cluster';
import { afterEach, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Team, WorkerStartError } from './team.ts';

const before = { ...cluster.settings };
afterEach(() => {
  cluster.setupPrimary(before);
});

it('a process that the machine cannot give is told of, and nobody waits for it', async () => {
  const log = pino({ enabled: false });
  const team = new Team({ size: 2, program: 'nothing.js', databaseUrl: '', shutdownDelayMs: 0, log });
  // In a folder that there is not, no process can begin.
  cluster.setupPrimary({ cwd: '/nothing/here' });
  await expect(team.start()).rejects.toBeInstanceOf(WorkerStartError);
  await team.stop();
});
