import type { ListedChange } from './withheld-people.ts';

/**
 * What a change is found and sorted by: much less than what is shown of it.
 *
 * @property addresses the e-mail address before and after, as far as it is another than that of `facts`
 * @property groupIds the groups that they join or leave
 */
export interface Outline extends Pick<ListedChange, 'directoryUserId' | 'kind' | 'name' | 'facts'> {
  addresses: readonly string[];
  groupIds: readonly string[];
}

export function outlineOf({ directoryUserId, kind, name, facts, fields, groups }: ListedChange): Outline {
  const email = fields.find(({ field }) => field === 'email');
  const addresses = [email?.before, email?.after].filter(
    (address): address is string => typeof address === 'string' && address !== facts.email,
  );
  const groupIds = groups === null ? [] : [...groups.joined, ...groups.left].map(({ id }) => id);
  return { directoryUserId, kind, name, facts, addresses, groupIds };
}

/** An outline without the names of its fields, and without what is empty at its end. */
type Row = [
  id: string,
  kind: Outline['kind'],
  name: string,
  email: string | null,
  department: string | null,
  title: string | null,
  addresses?: readonly string[],
  groupIds?: readonly string[],
];

/** The outlines of the changes among these decisions as one text; {@link outlinesIn} reads it. */
export function outlineText(decisions: readonly ListedChange[]): string {
  const rows = decisions.filter(({ kind }) => kind !== 'nothing').map((one) => rowOf(outlineOf(one)));
  return JSON.stringify(rows);
}

export function outlinesIn(text: string): Outline[] {
  return (JSON.parse(text) as Row[]).map(
    ([directoryUserId, kind, name, email, department, title, addresses = [], groupIds = []]) => ({
      directoryUserId,
      kind,
      name,
      facts: { email, department, title },
      addresses,
      groupIds,
    }),
  );
}

function rowOf({ directoryUserId, kind, name, facts, addresses, groupIds }: Outline): Row {
  const { email, department, title } = facts;
  if (groupIds.length > 0)
    return [directoryUserId, kind, name, email, department, title, addresses, groupIds];
  if (addresses.length > 0) return [directoryUserId, kind, name, email, department, title, addresses];
  return [directoryUserId, kind, name, email, department, title];
}
