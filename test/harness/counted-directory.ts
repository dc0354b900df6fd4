import { setTimeout as sleep } from 'node:timers/promises';
import { type DirectoryRecounts, claimMs } from '../../src/scim/directory/directory-recounts.ts';
import type { Service } from './service.ts';
import type { TestWorkspace } from './workspace.ts';

/** Somebody asks for a total; then the directory is counted, unless it was lately. It is done when this returns. */
export async function countDirectory(service: Service, { id, scim }: TestWorkspace): Promise<void> {
  await scim.get('/Users?count=0').expect(200);
  const recounts = service.provider<DirectoryRecounts>('DirectoryRecounts');
  await recounts.countDue();
  // The service may have begun by itself: then nothing waits any more, and it is not done yet.
  while (!(await isCountedLately(service, id))) await sleep(5);
}

/** Whether nobody counts it and it is not due. The clock stands still: a claim that was just made ends after exactly its time. */
async function isCountedLately({ dataSource, clock }: Service, workspaceId: string): Promise<boolean> {
  const now = clock.now();
  const rows = await dataSource.query<unknown[]>(
    `SELECT FROM directory_count WHERE workspace_id = $1 AND slot = 0 AND users IS NOT NULL
     AND recount_at > $2 AND recount_at <> $3`,
    [workspaceId, now, new Date(now.getTime() + claimMs)],
  );
  return rows.length === 1;
}

/** Whether the total is known without counting. */
export async function isCounted({ dataSource }: Service, workspaceId: string): Promise<boolean> {
  const rows = await dataSource.query<unknown[]>(
    'SELECT FROM directory_count WHERE workspace_id = $1 AND slot = 0 AND users IS NOT NULL',
    [workspaceId],
  );
  return rows.length === 1;
}
