import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { arrive, declareRoles, givenGroup, role, rolesNow } from '../harness/member-roles.ts';
import { Screen } from '../harness/screen.ts';
import { type Service, startService } from '../harness/service.ts';
import { synchronize } from '../harness/synchronize.ts';
import { givenWorkspace, newAdminCode, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(180_000);

let service: Service<SystemClock>;
let browser: Browser;
let workspace: TestWorkspace;

beforeAll(async () => {
  service = await startService({ clock: new SystemClock() });
  browser = await openBrowser();
  workspace = await givenWorkspace(service);
  await declareRoles(workspace.operator, [
    { ...role('member', 1), name: { en: 'Member', de: 'Mitglied' } },
    { ...role('admin', 10, { privileged: true, max: 5 }), name: { en: 'Admin', de: 'Administration' } },
  ]);
  const { ada } = await arrive(workspace.scim, 'ada', 'bob');
  await givenGroup(workspace.scim, 'IT', [ada]);
});

afterAll(async () => {
  await browser?.close();
});

async function signedIn(locale: string, page: string): Promise<Screen> {
  const screen = await Screen.open(browser, service.url, locale);
  await screen.goto(`${page}#code=${await newAdminCode(service, workspace.id)}`);
  await screen.isLoaded();
  return screen;
}

describe('the page of roles', () => {
  it('maps a group to a role, shows who gains it before it is saved, and members say because of which group', async () => {
    const screen = await signedIn('en-GB', 'user-provisioning/roles');
    const { page } = screen;
    await page.getByRole('link', { name: 'Roles', exact: true }).waitFor();
    await screen.sees('Privileged');
    await screen.button('Add group').click();
    await screen.sees('Complete each rule to see what it would do.');
    // For so long that the half of a rule is what was typed last.
    await page.clock.fastForward(1_000);
    const rule = page.getByRole('listitem', { name: 'Rule 1' });
    await rule.getByLabel('Group', { exact: true }).first().click();
    await page.getByRole('option', { name: 'IT', exact: true }).click();
    await rule.getByLabel('Role').selectOption({ label: 'Admin' });
    await page.getByLabel('Default role').selectOption({ label: 'Member' });
    await screen.sees('2 people gain a role');
    // A rule that was half done a moment ago was not asked about.
    expect(screen.complaints).toEqual([]);
    const people = page.getByRole('list', { name: 'People whose role would change' });
    await people.getByText('No role → Admin · IT').waitFor();
    expect(await screen.violations()).toEqual([]);
    await screen.button('Save').click();
    await screen.sees('Saved; applies from the next synchronization');
    await synchronize(workspace.admin);
    expect(await rolesNow(workspace.admin)).toEqual({ ada: 'admin', bob: 'member' });
    await screen.goto('members');
    await page
      .getByRole('row', { name: /ada@example\.com/ })
      .getByText('Admin')
      .waitFor();
    await page.getByRole('link', { name: 'ada' }).click();
    await screen.sees('Admin, because of group IT');
    expect(await screen.violations()).toEqual([]);
    await screen.goto('groups');
    const group = page.getByRole('link', { name: /^IT .*Gives role: Admin/ });
    await group.waitFor();
    expect(await screen.violations()).toEqual([]);
    // Its page has its name, whatever else is on the list of groups.
    await screen.load(`groups/${(await group.getAttribute('href'))?.split('/').at(-1)}`);
    await page.getByRole('heading', { level: 1, name: 'IT' }).waitFor();
  });

  it('is in German, too, and says which rule of two contradicts the other', async () => {
    const screen = await signedIn('de-DE', 'user-provisioning/roles');
    const { page } = screen;
    await screen.sees('Besondere Rechte');
    await screen.button('Gruppe hinzufügen').click();
    const rule = page.getByRole('listitem', { name: 'Regel 2' });
    await rule.getByLabel('Gruppe', { exact: true }).first().click();
    await page.getByRole('option', { name: 'IT', exact: true }).click();
    await rule.getByLabel('Rolle').selectOption({ label: 'Mitglied' });
    await screen.sees(/für dieselben Personen/);
    expect(await screen.violations()).toEqual([]);
  });
});
