import type pg from 'pg';
import SCIMMY from 'scimmy';
import { simpleEquality } from './simple-equality.ts';

type UserResource = InstanceType<typeof SCIMMY.Resources.User>;

interface UserRow {
  id: string;
  resource: Record<string, unknown>;
  created: Date;
  last_modified: Date;
}

/** What SCIMMY makes its answer of. */
interface UserSource {
  id: string;
  userName: string;
  meta: { created: Date; lastModified: Date };
}

const columns = 'id, resource, created, last_modified';
const countDefault = 20;
const conditions: Record<string, string> = {
  id: 'id = $1::uuid',
  username: 'lower(user_name) = lower($1)',
  externalid: 'external_id = $1',
};

/** SCIMMY's users in PostgreSQL: the handlers that its documentation asks for. */
export class UserStore {
  private readonly pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  /** One user by id, those that an equality selects, or a page. */
  async read(resource: UserResource): Promise<UserSource | UserSource[]> {
    if (resource.id !== undefined) {
      const { rows } = await this.pool.query<UserRow>(`SELECT ${columns} FROM scim_user WHERE id = $1`, [
        resource.id,
      ]);
      return sourceOf(found(rows, resource.id));
    }
    if (resource.filter === undefined) return this.readPage(resource);
    const { attribute, value } = simpleEquality(resource.filter);
    const condition = conditions[attribute];
    if (condition === undefined) throw new SCIMMY.Types.Error(400, 'invalidFilter', attribute);
    const { rows } = await this.pool.query<UserRow>(`SELECT ${columns} FROM scim_user WHERE ${condition}`, [
      value,
    ]);
    return rows.map(sourceOf);
  }

  /** Creates a user, or replaces the one whose id the request names. */
  async write(resource: UserResource, instance: object): Promise<UserSource> {
    const { id: _id, meta: _meta, ...stored } = instance as Record<string, unknown>;
    const values = [stored.userName, stored.externalId, JSON.stringify(stored)];
    const { rows } =
      resource.id === undefined
        ? await this.pool.query<UserRow>(
            `INSERT INTO scim_user (user_name, external_id, resource) VALUES ($1, $2, $3) RETURNING ${columns}`,
            values,
          )
        : await this.pool.query<UserRow>(
            `UPDATE scim_user SET user_name = $1, external_id = $2, resource = $3, last_modified = now()
             WHERE id = $4 RETURNING ${columns}`,
            [...values, resource.id],
          );
    return sourceOf(found(rows, resource.id ?? ''));
  }

  async remove(resource: UserResource): Promise<void> {
    await this.pool.query('DELETE FROM scim_user WHERE id = $1', [resource.id]);
  }

  /** SCIMMY cuts the page out of what it gets, unless it is told how many there are in all. */
  private async readPage(resource: UserResource): Promise<UserSource[]> {
    const { startIndex = 1, count = countDefault } = resource.constraints ?? {};
    const { rows } = await this.pool.query<UserRow & { total: string }>(
      `SELECT ${columns}, (SELECT count(*) FROM scim_user) AS total
       FROM scim_user ORDER BY id OFFSET $1 LIMIT $2`,
      [startIndex - 1, count],
    );
    const constraints = { startIndex, count, totalResults: Number(rows[0]?.total ?? 0) };
    Object.assign(resource, { constraints });
    return rows.map(sourceOf);
  }
}

function sourceOf({ id, resource, created, last_modified: lastModified }: UserRow): UserSource {
  return { ...resource, userName: resource.userName as string, id, meta: { created, lastModified } };
}

function found<Row>([row]: Row[], id: string): Row {
  if (row === undefined) throw new SCIMMY.Types.Error(404, null as never, `User ${id} does not exist`);
  return row;
}
