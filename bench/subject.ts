import type { Ground, SystemName } from './ground.ts';
import { HttpClient } from './http-client.ts';
import type { ServerProcess } from './server-process.ts';

/** Requests on their way at once, except where a step says otherwise. */
export const concurrency = 8;
/** The same for the steps of many at once. */
export const manyAtOnce = 32;

/** A system as the workload sees it. */
export interface Subject {
  name: SystemName;
  server: ServerProcess;
  client: HttpClient;
  /** What it answers a PATCH of a group with. */
  groupPatchStatus: number;
  /** Ids of the users that it holds, in the order of their creation. */
  userIds: string[];
}

/** Starts a system and connects to it. */
export async function makeSubject(ground: Ground, name: SystemName): Promise<Subject> {
  const server = await ground.start(name);
  const token = name === 'service' ? await ground.makeWorkspace(server.url, 'Rounds') : 'any';
  return subjectOf(name, server, token);
}

/** The service seen as another of its workspaces. */
export async function inNewWorkspace(ground: Ground, service: Subject, name: string): Promise<Subject> {
  return subjectOf('service', service.server, await ground.makeWorkspace(service.server.url, name));
}

export function subjectOf(name: SystemName, server: ServerProcess, token: string): Subject {
  const client = new HttpClient(server.url, token, manyAtOnce);
  return { name, server, client, groupPatchStatus: name === 'peer' ? 200 : 204, userIds: [] };
}

/** The id of the resource in an answer. */
export function idOf(answer: string): string {
  return (JSON.parse(answer) as { id: string }).id;
}
