import type { Values } from '../../database/table/table-sql.ts';
import { foldCase } from '../../scim-core/fold.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { directoryGroup } from '../directory/directory-group.table.ts';

/** A group's name as patterns are compared with it. */
export function keyOfName({ displayName }: ScimResource): string {
  return foldCase(String(displayName));
}

/** What stands in columns of its own. */
export function groupColumns(resource: ScimResource): Values<typeof directoryGroup> {
  const displayName = String(resource.displayName);
  const { externalId } = resource;
  return {
    externalId: typeof externalId === 'string' ? externalId : null,
    displayName,
    displayNameKey: keyOfName(resource),
    resource,
  };
}
