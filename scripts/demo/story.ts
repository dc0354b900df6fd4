import { setTimeout as sleep } from 'node:timers/promises';
import { company, type Company } from '../../simulator/company.ts';
import { progressDisplay } from '../../simulator/cycle-progress.ts';
import { hasFailed, type CycleReport } from '../../simulator/cycle-report.ts';
import type { OnProgress } from '../../simulator/cycle.ts';
import { EntraClient } from '../../simulator/entra.ts';
import { nextDay, restoreLeaver } from '../../simulator/next-day.ts';
import { eventLines, reportLines, summaryLine } from '../../simulator/report-text.ts';
import { DemoError } from './demo-error.ts';
import { ProductApi } from './product-api.ts';
import { secondsSince, showPreview, synchronize } from './synchronization.ts';
import { done, line, note, step, table } from './terminal.ts';

/** What exists when the story has been told. */
export interface Outcome {
  workspaceId: string;
  apiToken: string;
  sessionToken: string;
  /** The simulated Entra ID, and the company as it has it now. */
  entra: EntraClient;
  company: Company;
}

/** The simulated company. */
export const demoCompany = { seed: 1, users: 500, groups: 20 };
/** The admin who signs in. */
export const adminEmail = 'admin@nordlicht.example';
const leaversTimeoutMs = 15_000;
const activeShown = 5;
const deactivatedShown = 3;

/**
 * Tells the main story over HTTP: set up, first cycle, synchronization, a day later, synchronization.
 * @param url where the service listens
 * @throws DemoError as soon as something is not as it should be
 */
export async function tellStory(url: string, operator: ProductApi): Promise<Outcome> {
  const { workspaceId, sessionToken } = await setUpWorkspace(url, operator);
  const admin = new ProductApi(url, sessionToken);

  step('The admin activates user provisioning and copies the API token');
  const token = await admin.activate();
  const { tenantUrl } = await admin.overview();
  done(`Tenant URL ${tenantUrl}, API token ${token.prefix}…${token.lastFour} (shown once)`);

  const entra = new EntraClient({ baseUrl: `${url}/scim/v2`, token: token.secret });
  const { seed, users, groups } = demoCompany;
  const monday = company(seed, users, groups);
  await firstCycle(entra, monday);
  await reviewAndSynchronize(admin);
  await showMembers(admin);
  const evening = await nextMorning(entra, admin, monday);
  await reviewAndSynchronize(admin);
  await showMembers(admin);
  return { workspaceId, apiToken: token.secret, sessionToken, entra, company: evening };
}

async function setUpWorkspace(
  url: string,
  operator: ProductApi,
): Promise<{ workspaceId: string; sessionToken: string }> {
  step('The operator makes a workspace and entitles it');
  const { id } = await operator.createWorkspace('Nordlicht GmbH');
  const { state } = await operator.entitle(id);
  done(`Workspace Nordlicht GmbH (${id}) is entitled; user provisioning is ${state}`);

  step('The admin signs in by a one-time link');
  const link = await operator.createAdminLink(id, adminEmail);
  const session = await new ProductApi(url, null).openSession(link.code);
  done(`${adminEmail} is signed in until ${session.expiresAt}`);
  return { workspaceId: id, sessionToken: session.token };
}

async function firstCycle(entra: EntraClient, state: Company): Promise<void> {
  step('Microsoft Entra ID tests the connection');
  const test = await entra.testConnection();
  if (!test.ok) throw new DemoError(`Test Connection failed: ${test.detail}`);
  done(test.detail);

  step(`Entra's initial cycle: ${state.people.length} users with managers, ${state.groups.length} groups`);
  const report = await showCycle((onProgress) => entra.initialCycle(state, onProgress));
  const [summary = '', , ...requests] = reportLines(report);
  done(summary);
  for (const text of requests) line(text);
}

async function showCycle(run: (onProgress: OnProgress) => Promise<CycleReport>): Promise<CycleReport> {
  const display = progressDisplay(line, process.stdout.isTTY);
  try {
    const report = await run(display.onProgress);
    if (!hasFailed(report)) return report;
    display.stop();
    for (const text of reportLines(report)) line(text);
    throw new DemoError('The cycle had failures, listed above.');
  } finally {
    display.stop();
  }
}

async function reviewAndSynchronize(admin: ProductApi): Promise<void> {
  step('The admin looks at what would change');
  const version = await showPreview(admin);
  step('Synchronize');
  await synchronize(admin, version);
}

async function showMembers(admin: ProductApi): Promise<void> {
  step('Members');
  const { members } = await admin.overview();
  const shown = [
    ...(await admin.members({ status: 'active', limit: String(activeShown) })),
    ...(await admin.members({ status: 'deactivated', limit: String(deactivatedShown) })),
  ];
  const rows = shown.map(({ displayName, email, jobTitle, status, source }) => [
    displayName ?? '',
    email ?? '',
    jobTitle ?? '',
    status,
    source,
  ]);
  table(
    ['name', 'e-mail', 'job title', 'status', 'source'].map((heading) => ({ heading })),
    rows,
  );
  done(`${members.active} active, ${members.deactivated} deactivated`);
}

/** @returns the company in the evening */
async function nextMorning(entra: EntraClient, admin: ProductApi, monday: Company): Promise<Company> {
  step('A day later: Entra sends what has changed');
  const tuesday = nextDay(monday);
  for (const text of eventLines(tuesday.events)) line(text);
  const report = await showCycle((onProgress) => entra.incrementalCycle(monday, tuesday.company, onProgress));
  done(summaryLine(report));

  step('Leavers lose access at once, without a run');
  const gone = [tuesday.events.leavers, tuesday.events.tombstoned, tuesday.events.purged].flat().length;
  await waitForLeavers(admin, gone);

  const evening = restoreLeaver(monday, tuesday.company);
  const [restored] = evening.events.restored;
  if (restored === undefined) return tuesday.company;
  const second = await showCycle((onProgress) =>
    entra.incrementalCycle(tuesday.company, evening.company, onProgress),
  );
  note(`${restored} was disabled by mistake; Entra restores that account (${summaryLine(second)}).`);
  return evening.company;
}

async function waitForLeavers(admin: ProductApi, expected: number): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const { deactivated } = (await admin.overview()).members;
    if (deactivated >= expected) {
      done(`${deactivated} members deactivated within ${secondsSince(startedAt)} s`);
      return;
    }
    if (performance.now() - startedAt > leaversTimeoutMs) {
      throw new DemoError(`${expected} people left, but ${deactivated} members are deactivated.`);
    }
    await sleep(200);
  }
}
