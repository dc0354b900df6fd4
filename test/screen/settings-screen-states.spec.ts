import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { Screen } from '../harness/screen.ts';
import { type Service, startService } from '../harness/service.ts';
import { allMembers, synchronize } from '../harness/synchronize.ts';
import { givenWorkspace, newAdminCode } from '../harness/workspace.ts';

jest.setTimeout(120_000);

let service: Service<SystemClock>;
let browser: Browser;
let english: Screen;

beforeAll(async () => {
  service = await startService({ clock: new SystemClock() });
  browser = await openBrowser();
  english = await Screen.open(browser, service.url, 'en-GB');
});

afterAll(async () => {
  await browser?.close();
});

describe('the page of a member whose deactivation is held when user provisioning is switched off', () => {
  it('has the buttons that decide, of which one gives the access back', async () => {
    const { id, admin, scim } = await givenWorkspace(service);
    const settings = { leavers: 'next_sync', removalGuard: { percent: 0, atLeast: 0 } };
    await admin.patch('/api/user-provisioning/settings', settings).expect(200);
    const person = await givenPerson(scim, 'ada@example.com');
    await synchronize(admin);
    await changePerson(scim, person, { active: false });
    await synchronize(admin);
    await admin.post('/api/user-provisioning/deactivate').expect(200);
    const [member] = await allMembers(admin);
    await english.begin(`members/${member?.id}`, await newAdminCode(service, id));
    await english.sees('User provisioning is not active: nothing is synchronized.');
    await english.sees(/Suspended since .*, because the person left/);
    // What leads to pages that are there only while it is active is left out.
    expect(await english.page.getByRole('link', { name: /See the changes|Requests of the/ }).count()).toBe(0);
    await english.press(english.button('Suspend now'));
    await english.sees(/^Ada has no access now, because the deactivation is held\./i);
    await english.press(english.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }));
    await english.press(english.button('Reject this one'));
    await english.press(english.page.getByRole('dialog').getByRole('button', { name: 'Reject' }));
    await english.sees('1 deactivation was rejected');
    await english.sees('Granted');
    expect(await allMembers(admin)).toMatchObject([{ access: 'granted', heldSince: null }]);
    expect(english.complaints).toEqual([]);
  });
});

it('the overview says first that nothing gets through, and what to enter, once the token that was used is revoked beside a new one', async () => {
  const { id, admin, scim } = await givenWorkspace(service);
  // Without externalId, so that something is to be said of what came, too.
  for (let n = 0; n < 10; n += 1) await givenPerson(scim, `p${n}@example.com`, { externalId: undefined });
  const { body: next } = await admin.post('/api/tokens', { name: 'Next' }).expect(201);
  const { body: tokens } = await admin.get('/api/tokens').expect(200);
  const used = tokens.items.find(({ lastUsedAt }) => lastUsedAt !== null);
  await english.begin('user-provisioning', await newAdminCode(service, id));
  await english.sees('Connected');
  const titles = async () =>
    (await english.page.locator('main .notice .mantine-Alert-title').allTextContents()).join(', ');
  const before = await titles();
  expect(before).toContain('No one has an externalId');
  await admin.delete(`/api/tokens/${used?.id}`).expect(204);
  await english.goto('user-provisioning');
  await english.sees('Cut off');
  await english.sees(new RegExp(`Enter the API token ending in ${next.lastFour} there`));
  await english.comesTo(titles, `Nothing from your identity provider gets through, ${before}`);
  expect(english.complaints).toEqual([]);
});
