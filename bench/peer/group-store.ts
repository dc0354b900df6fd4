import type pg from 'pg';
import SCIMMY from 'scimmy';
import { simpleEquality } from './simple-equality.ts';

type GroupResource = InstanceType<typeof SCIMMY.Resources.Group>;

interface GroupRow {
  id: string;
  display_name: string;
  external_id: string | null;
  members: { value: string }[];
  created: Date;
  last_modified: Date;
}

/** What SCIMMY makes its answer of. */
interface GroupSource {
  id: string;
  displayName: string;
  externalId?: string;
  members: { value: string }[];
  meta: { created: Date; lastModified: Date };
}

const lean = `id, display_name, external_id, '[]'::jsonb AS members, created, last_modified`;
const whole = 'id, display_name, external_id, members, created, last_modified';
const conditions: Record<string, string> = {
  id: 'id = $1::uuid',
  displayname: 'lower(display_name) = lower($1)',
  externalid: 'external_id = $1',
};

/** SCIMMY's groups in PostgreSQL; members are read only when they are to be shown or changed. */
export class GroupStore {
  private readonly pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  async read(resource: GroupResource): Promise<GroupSource | GroupSource[]> {
    const columns = resource.attributes?.expression === 'members np' ? lean : whole;
    const { attribute, value } =
      resource.id === undefined && resource.filter !== undefined
        ? simpleEquality(resource.filter)
        : { attribute: 'id', value: resource.id };
    const condition = conditions[attribute];
    if (condition === undefined || value === undefined) {
      throw new SCIMMY.Types.Error(400, 'invalidFilter', attribute);
    }
    const { rows } = await this.pool.query<GroupRow>(`SELECT ${columns} FROM scim_group WHERE ${condition}`, [
      value,
    ]);
    return resource.id === undefined ? rows.map(sourceOf) : sourceOf(found(rows, resource.id));
  }

  async write(resource: GroupResource, instance: object): Promise<GroupSource> {
    const { displayName, externalId, members } = instance as Record<string, unknown>;
    const values = [displayName, externalId, JSON.stringify(members ?? [])];
    const { rows } =
      resource.id === undefined
        ? await this.pool.query<GroupRow>(
            `INSERT INTO scim_group (display_name, external_id, members) VALUES ($1, $2, $3) RETURNING ${whole}`,
            values,
          )
        : await this.pool.query<GroupRow>(
            `UPDATE scim_group SET display_name = $1, external_id = $2, members = $3, last_modified = now()
             WHERE id = $4 RETURNING ${whole}`,
            [...values, resource.id],
          );
    return sourceOf(found(rows, resource.id ?? ''));
  }

  async remove(resource: GroupResource): Promise<void> {
    await this.pool.query('DELETE FROM scim_group WHERE id = $1', [resource.id]);
  }
}

function sourceOf(row: GroupRow): GroupSource {
  return {
    id: row.id,
    displayName: row.display_name,
    ...(row.external_id !== null && { externalId: row.external_id }),
    members: row.members,
    meta: { created: row.created, lastModified: row.last_modified },
  };
}

function found<Row>([row]: Row[], id: string): Row {
  if (row === undefined) throw new SCIMMY.Types.Error(404, null as never, `Group ${id} does not exist`);
  return row;
}
