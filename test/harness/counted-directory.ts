import type { DirectoryRecounts } from '../../src/scim/directory/directory-recounts.ts';
import type { Service } from './service.ts';
import type { TestWorkspace } from './workspace.ts';

/** Somebody asks for a total; then the directory is counted, unless it was lately. Nothing counts it meanwhile any more. */
export async function countDirectory(service: Service, { id, scim }: TestWorkspace): Promise<void> {
  await scim.get('/Users?count=0').expect(200);
  const recounts = service.provider<DirectoryRecounts>('DirectoryRecounts');
  // The service may have begun by itself.
  do await recounts.countDue();
  while (!(await isCounted(service, id)));
}

/** Whether the total is known without counting. */
export async function isCounted({ dataSource }: Service, workspaceId: string): Promise<boolean> {
  const rows = await dataSource.query<unknown[]>(
    'SELECT FROM directory_count WHERE workspace_id = $1 AND slot = 0 AND users IS NOT NULL',
    [workspaceId],
  );
  return rows.length === 1;
}
