import { describe, expect, it } from '@jest/globals';
import type { Application } from './application.ts';
import { close } from './service-parts.ts';

describe('a stop', () => {
  it('sends the last spans even when a part of the service does not end in good order, and says why', async () => {
    let isSent = false;
    const application = {
      nest: { getHttpServer: () => null, close: () => Promise.reject(new Error('a part that fails')) },
      drain: { drain: () => Promise.resolve(0) },
    } as unknown as Application;
    const stopTracing = () => Promise.resolve(void (isSent = true));
    await expect(close(application, stopTracing)).rejects.toThrow('a part that fails');
    expect(isSent).toBe(true);
  });
});
