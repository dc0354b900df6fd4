import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { SilenceGuard } from './silence-guard.ts';
import { StatementPulse } from './statement-pulse.ts';
import type { WatchConnection } from './watch-connection.ts';

const suspectAfterMs = 100;
const limits = {
  suspectAfterMs,
  silentMaxMs: 10_000,
  pulseLostAfterMs: 10_000,
  transactionSilentMaxMs: 10_000,
};

describe('a connection on which somebody waits for long', () => {
  let guard: SilenceGuard | undefined;

  afterEach(() => guard?.beforeApplicationShutdown());

  /** Watches one connection; the server says that it works for nobody, and `meanwhile` is what happens before it says so. */
  async function watched(meanwhile: (stream: { bytesRead: number }) => void) {
    const stream = { bytesRead: 1, destroy: jest.fn() };
    const pulse = new StatementPulse(limits.pulseLostAfterMs);
    pulse.connections.add({ connection: { stream }, processID: 7, isBusy: true });
    const look = jest.fn(async () => {
      meanwhile(stream);
      return Promise.resolve({ own: 1, pids: [] });
    });
    guard = new SilenceGuard(pulse, { look, processId: 1 } as unknown as WatchConnection, limits);
    guard.onApplicationBootstrap();
    await sleep(4 * suspectAfterMs);
    expect(look).toHaveBeenCalled();
    return stream;
  }

  it('is given up when the server does not work for it', async () => {
    expect((await watched(() => undefined)).destroy).toHaveBeenCalled();
  });

  it('is kept when its answer comes while the server is asked', async () => {
    const stream = await watched((open) => (open.bytesRead += 1));
    expect(stream.destroy).not.toHaveBeenCalled();
  });
});
