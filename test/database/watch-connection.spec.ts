import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { WatchConnection } from '../../src/database/watch-connection.ts';
import { useService } from '../harness/use-service.ts';

const service = useService();
const withinMs = 1_000;

it('a database that answered while this process did nothing has not been silent', async () => {
  const watch = new WatchConnection(service.config.databaseUrl ?? '', withinMs);
  await watch.look('SELECT 1 AS one');
  const asked = watch.look('SELECT 2 AS two');
  await nextTurn();
  const untilMs = performance.now() + 1.5 * withinMs;
  while (performance.now() < untilMs);
  await expect(asked).resolves.toEqual({ two: 2 });
  await watch.beforeApplicationShutdown();
});
