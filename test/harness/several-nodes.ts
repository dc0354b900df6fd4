import { afterAll, beforeAll } from '@jest/globals';
import { allNodeFunctions, makeNodeFunctionSql } from '../../src/database/node-functions.ts';
import { cloneDatabase } from './database.ts';
import { type Service, startService } from './service.ts';
import { givenWorkspace, type TestWorkspace } from './workspace.ts';

/** A service with a database of its own, and a workspace in it. */
export interface Place {
  service: Service;
  workspace: TestWorkspace;
}

/**
 * Starts both before the tests of a file, and ends what was begun after them.
 *
 * @returns the places, which are there once the tests begin
 */
export function useSeveralAndPlain(): Omit<SeveralAndPlain, 'restore'> {
  const [several, plain] = [{} as Place, {} as Place];
  const sent: string[] = [];
  let restore: () => void = () => undefined;
  beforeAll(async () => {
    const started = await startSeveralAndPlain(sent);
    Object.assign(several, started.several);
    Object.assign(plain, started.plain);
    ({ restore } = started);
  });
  afterAll(() => restore());
  return { several, plain, sent };
}

/**
 * Two places on one PostgreSQL: `several` has what `npm run distribute` leaves, and says what is said otherwise where rows lie
 * on several nodes; `plain` is as elsewhere. Both must do the same.
 *
 * @property sent the statements that either sends from then on; the test empties it
 * @property restore ends that
 */
interface SeveralAndPlain {
  several: Place;
  plain: Place;
  sent: string[];
  restore: () => void;
}

async function startSeveralAndPlain(sent: string[]): Promise<SeveralAndPlain> {
  const { runSql, pg } = await loadService();
  const { url } = await cloneDatabase();
  for (const made of allNodeFunctions) await runSql(url, makeNodeFunctionSql(made));
  const several = await start(url);
  const plain = await start((await cloneDatabase()).url);
  const prototype = pg.Client.prototype as unknown as { query: (...all: unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function (this: unknown, ...all: unknown[]) {
    const [statement] = all;
    sent.push(typeof statement === 'string' ? statement : (statement as { text: string }).text);
    return query.apply(this, all);
  };
  return { several, plain, sent, restore: () => (prototype.query = query) };
}

async function start(databaseUrl: string): Promise<Place> {
  const service = await startService({ databaseUrl });
  return { service, workspace: await givenWorkspace(service) };
}
