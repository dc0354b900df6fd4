import { open, stat } from 'node:fs/promises';
import {
  addMembersBody,
  changeThreeBody,
  createGroupBody,
  deactivateBody,
  lookupPath,
  removeMembersBody,
  userNameOf,
} from './entra-requests.ts';
import type { Ground } from './ground.ts';
import { idOf, type Subject, subjectOf } from './subject.ts';
import { postUser } from './workload.ts';

/** What PostgreSQL was asked to do for one kind of request. */
export interface StatementCount {
  key: string;
  label: string;
  /** Statements that come with each request. */
  perRequest: number;
  /** All statements of the time divided by the requests: what works in the background is in it too. */
  allPerRequest: number;
}

const warmUps = 20;

/**
 * Counts the statements of a service of its own, by the log of PostgreSQL: BEGIN and COMMIT count too. A statement
 * belongs to the requests when there is one of it for each; the rest (pollers, the batches of the provisioning log)
 * is background.
 *
 * @param requests how many of each kind, one after the other
 */
export async function countStatements(ground: Ground, requests: number): Promise<StatementCount[]> {
  const server = await ground.start('service', '-c log_statement=all');
  const token = await ground.makeWorkspace(server.url, 'Statements');
  const subject = subjectOf('service', server, token);
  const counts: StatementCount[] = [];
  for (let at = 0; at < warmUps; at += 1) await postUser(subject, at, 0);
  const group = idOf(await subject.client.send('POST', '/Groups', 201, createGroupBody('Counted')));
  for (const { key, label, task } of kindsOf(subject, group)) {
    const from = (await stat(ground.logFile)).size;
    for (let index = warmUps; index < warmUps + requests; index += 1) await task(index);
    counts.push({ key, label, ...tally(await readFrom(ground.logFile, from), requests) });
  }
  subject.client.close();
  await server.stop();
  return counts;
}

function kindsOf(subject: Subject, group: string) {
  const { client, userIds } = subject;
  const patchUser = (body: (index: number) => string) => (index: number) =>
    client.send('PATCH', `/Users/${userIds[index] ?? ''}`, 200, body(index));
  const patchGroup = (body: (ids: string[]) => string) => (index: number) =>
    client.send('PATCH', `/Groups/${group}`, 204, body([userIds[index] ?? '']));
  return [
    {
      key: 'lookupMiss',
      label: 'lookup, nobody there',
      task: (index: number) => client.send('GET', lookupPath(`nobody.${index}`), 200),
    },
    { key: 'post', label: 'POST of a user', task: (index: number) => postUser(subject, index, 0) },
    {
      key: 'lookupHit',
      label: 'lookup, one found',
      task: (index: number) => client.send('GET', lookupPath(userNameOf(index)), 200),
    },
    {
      key: 'get',
      label: 'get',
      task: (index: number) => client.send('GET', `/Users/${userIds[index] ?? ''}`, 200),
    },
    { key: 'patch', label: 'PATCH of three attributes', task: patchUser(changeThreeBody) },
    { key: 'deactivate', label: 'deactivate', task: patchUser(() => deactivateBody) },
    { key: 'addMember', label: 'add a member', task: patchGroup(addMembersBody) },
    { key: 'removeMember', label: 'remove a member', task: patchGroup(removeMembersBody) },
  ];
}

function tally(log: string, requests: number): Pick<StatementCount, 'perRequest' | 'allPerRequest'> {
  const byText = new Map<string, number>();
  for (const [, text = ''] of log.matchAll(/LOG: {2}(?:statement|execute [^:]*): ([^]*?)(?=\n\S|$)/g)) {
    byText.set(text, (byText.get(text) ?? 0) + 1);
  }
  const counts = [...byText.values()];
  return {
    perRequest: counts.reduce((sum, count) => sum + Math.round(count / requests), 0),
    allPerRequest: counts.reduce((sum, count) => sum + count, 0) / requests,
  };
}

async function readFrom(file: string, position: number): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read(Buffer.alloc(size - position), 0, size - position, position);
    return buffer.toString();
  } finally {
    await handle.close();
  }
}
