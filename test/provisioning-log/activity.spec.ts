import { describe, expect, it } from '@jest/globals';
import type { Schema } from '../harness/answers.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

type Day = Schema<'ActivityDayResponse'>;

const service = useService();
const workspace = useWorkspace(service);

describe('the activity of the last days', () => {
  it('counts requests, errors and changes by day, the quiet days too', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    await workspace.scim.get('/Users/none').expect(404);
    await synchronize(workspace.admin);
    const days = await activity();
    expect(days).toHaveLength(14);
    expect(days.map(({ day }) => day)).toEqual(days.map(({ day }) => day).sort());
    expect(days.at(-1)).toMatchObject({ requests: 2, errors: 1, changes: 1 });
    expect(days.slice(0, -1).every(({ requests, changes }) => requests === 0 && changes === 0)).toBe(true);
  });

  it('goes by the time zone of the workspace', async () => {
    const dayIn = async (timeZone: string) => {
      await workspace.admin.patch('/api/user-provisioning/settings', { timeZone }).expect(200);
      return (await activity()).at(-1)?.day;
    };
    expect(await dayIn('Pacific/Kiritimati')).not.toBe(await dayIn('Pacific/Pago_Pago'));
  });

  it('is that of the own workspace alone', async () => {
    await givenPerson(workspace.scim, 'ada@example.com');
    const other = await givenWorkspace(service);
    const { body } = await other.admin.get('/api/user-provisioning/activity').expect(200);
    expect(body.items.every(({ requests }) => requests === 0)).toBe(true);
  });
});

async function activity(): Promise<Day[]> {
  // The log is written in batches; reading it writes what waits.
  await workspace.admin.get('/api/provisioning-log').expect(200);
  const { body } = await workspace.admin.get('/api/user-provisioning/activity').expect(200);
  return body.items;
}
