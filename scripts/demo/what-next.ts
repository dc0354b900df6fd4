import type { AdminLink } from './product-api.ts';
import { adminEmail, demoCompany, type Outcome } from './story.ts';
import { line, step, style } from './terminal.ts';

/** Prints where everything is and what can be tried while the service stays up. */
export function showWhatNext(
  url: string,
  outcome: Outcome,
  place: {
    tenantUrl: string;
    link: AdminLink;
    dataFolder: string;
    operatorToken: string;
    productUrl: string;
  },
): void {
  const { seed, users, groups } = demoCompany;
  const company = `--seed ${seed} --users ${users} --groups ${groups}`;
  const simulate = `npm run simulate -- entra --url ${url}/scim/v2 --token ${outcome.apiToken} ${company}`;
  const session = `-H 'Authorization: Bearer ${outcome.sessionToken}'`;
  const operator = `-H 'Authorization: Bearer ${place.operatorToken}'`;
  const json = `-H 'Content-Type: application/json'`;

  step('The service stays up. Where it is:');
  fact('Tenant URL', place.tenantUrl);
  fact('API token', outcome.apiToken);
  fact('Admin link', `${place.link.url}  (one use, until ${place.link.expiresAt})`);
  fact('Product', `${place.productUrl}  (sign in as ${adminEmail}, or as any active member)`);
  fact('Data', place.dataFolder);

  step('What to try:');
  attempt('one more day in the company', [`${simulate} --cycle incremental --day 2`]);
  attempt("Restart provisioning: everybody again, in Entra's newer dialect", [
    `${simulate} --cycle initial --day 2 --dialect flag`,
  ]);
  attempt('sign in with the code of the admin link', [
    `curl -s ${json} -X POST ${url}/api/session -d '{"code":"${place.link.code}"}'`,
  ]);
  attempt('what would change, and do it', [
    `curl -s ${session} ${url}/api/sync-preview`,
    `curl -s ${session} -X POST ${url}/api/sync-runs`,
  ]);
  attempt('members; the directory as Entra sees it', [
    `curl -s ${session} '${url}/api/members?search=anna'`,
    `curl -s -H 'Authorization: Bearer ${outcome.apiToken}' '${url}/scim/v2/Users?count=2'`,
  ]);
  attempt('another API token (its secret is shown once); another admin link', [
    `curl -s ${session} ${json} -X POST ${url}/api/tokens -d '{"name":"Second"}'`,
    `curl -s ${operator} ${json} -X POST ${url}/operator/workspaces/${outcome.workspaceId}/admin-links -d '{"email":"you@nordlicht.example"}'`,
  ]);
  line();
  line(style('bold', 'Ctrl-C stops everything.'));
}

function fact(name: string, value: string): void {
  line(`${name.padEnd(12)} ${style('cyan', value)}`);
}

function attempt(what: string, commands: readonly string[]): void {
  line(`${style('dim', '#')} ${what}`);
  for (const command of commands) line(command);
}
