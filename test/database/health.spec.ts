import { describe, expect, it } from '@jest/globals';
import { useService } from '../harness/use-service.ts';

describe('health', () => {
  const service = useService();

  it('says that the process lives', async () => {
    const { status, body } = await service.http.get('/health/live');
    expect([status, body]).toEqual([200, { status: 'ok' }]);
  });

  it('is ready on a migrated database', async () => {
    expect((await service.http.get('/health/ready')).status).toBe(200);
  });

  it('is not ready on a database that lacks a migration', async () => {
    await service.dataSource.query(`UPDATE migrations SET name = 'Other'`);
    const { status, type, body } = await service.http.get('/health/ready');
    expect([status, type]).toEqual([503, 'application/problem+json']);
    expect(body).toMatchObject({ status: 503, detail: expect.stringMatching(/migration/) as unknown });
  });
});
