import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  HttpException,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  type Type,
} from '@nestjs/common';
import { DataSource } from 'typeorm';

interface StoredRow {
  id: string;
  resource: Record<string, unknown>;
}

interface ListQuery {
  filter?: string;
  startIndex?: string;
  count?: string;
}

interface PatchBody {
  Operations: { op: string; path: string; value: unknown }[];
}

const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const columns: Record<string, string> = { userName: 'user_name', externalId: 'external_id' };

/** `/scim/v2/Users` by one statement each, the body stored as it came. */
export class UsersController {
  private readonly dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.dataSource = dataSource;
  }

  async list(query: ListQuery): Promise<object> {
    const [, attribute = '', value = ''] = /^(\w+) eq "(.*)"$/.exec(query.filter ?? '') ?? [];
    const column = columns[attribute];
    if (column !== undefined) {
      const rows = await this.dataSource.query<StoredRow[]>(
        `SELECT id, resource FROM app_user WHERE ${column} = $1`,
        [value],
      );
      return listOf(rows.map(represent), rows.length, 1);
    }
    const startIndex = Number(query.startIndex ?? 1);
    const rows = await this.dataSource.query<(StoredRow & { total: string })[]>(
      `SELECT id, resource, (SELECT count(*) FROM app_user) AS total
       FROM app_user ORDER BY id OFFSET $1 LIMIT $2`,
      [startIndex - 1, Number(query.count ?? 100)],
    );
    return listOf(rows.map(represent), Number(rows[0]?.total ?? 0), startIndex);
  }

  async get(id: string): Promise<object> {
    const [row] = await this.dataSource.query<StoredRow[]>(
      `SELECT id, resource FROM app_user WHERE id = $1`,
      [id],
    );
    return represent(found(row));
  }

  async create(body: Record<string, unknown>): Promise<object> {
    const [row] = await this.dataSource.query<StoredRow[]>(
      `INSERT INTO app_user (user_name, external_id, resource) VALUES ($1, $2, $3) RETURNING id, resource`,
      [body.userName, body.externalId, JSON.stringify(body)],
    );
    return represent(found(row));
  }

  async patch(id: string, body: PatchBody): Promise<object> {
    const changes = Object.fromEntries(body.Operations.map(({ path, value }) => [path, value]));
    const [rows] = await this.dataSource.query<[StoredRow[]]>(
      `UPDATE app_user SET resource = resource || $2::jsonb WHERE id = $1 RETURNING id, resource`,
      [id, JSON.stringify(changes)],
    );
    return represent(found(rows[0]));
  }
}

/** `/scim/v2/Groups` by one statement each; members are rows. */
export class GroupsController {
  private readonly dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.dataSource = dataSource;
  }

  async get(id: string): Promise<object> {
    const [row] = await this.dataSource.query<StoredRow[]>(
      `SELECT id, resource FROM app_group WHERE id = $1`,
      [id],
    );
    return represent(found(row));
  }

  async create(body: Record<string, unknown>): Promise<object> {
    const [row] = await this.dataSource.query<StoredRow[]>(
      `INSERT INTO app_group (display_name, external_id, resource) VALUES ($1, $2, $3) RETURNING id, resource`,
      [body.displayName, body.externalId, JSON.stringify(body)],
    );
    return represent(found(row));
  }

  async patch(id: string, body: PatchBody): Promise<void> {
    const [operation] = body.Operations;
    const members = (operation?.value ?? []) as { value: string }[];
    await this.dataSource.query(
      operation?.op.toLowerCase() === 'remove'
        ? `DELETE FROM app_group_member WHERE group_id = $1 AND user_id = ANY($2::uuid[])`
        : `INSERT INTO app_group_member SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING`,
      [id, members.map(({ value }) => value)],
    );
  }
}

function represent({ id, resource }: StoredRow): object {
  return { ...resource, id };
}

function found(row: StoredRow | undefined): StoredRow {
  if (row === undefined) throw new HttpException('Not found', 404);
  return row;
}

function listOf(resources: object[], totalResults: number, startIndex: number): object {
  return {
    schemas: [listSchema],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

// Node strips types but does not know decorators: here they are called by hand.
declareController(UsersController, 'scim/v2/Users', {
  list: [Get(), [Query()], 200],
  get: [Get(':id'), [Param('id')], 200],
  create: [Post(), [Body()], 201],
  patch: [Patch(':id'), [Param('id'), Body()], 200],
});
declareController(GroupsController, 'scim/v2/Groups', {
  get: [Get(':id'), [Param('id')], 200],
  create: [Post(), [Body()], 201],
  patch: [Patch(':id'), [Param('id'), Body()], 204],
});

type Route = [verb: MethodDecorator, parameters: ParameterDecorator[], status: number];

function declareController(controller: Type, path: string, routes: Record<string, Route>): void {
  Controller(path)(controller);
  Inject(DataSource)(controller, undefined, 0);
  const prototype = controller.prototype as object;
  for (const [name, [verb, parameters, status]] of Object.entries(routes)) {
    const method = Object.getOwnPropertyDescriptor(prototype, name) as TypedPropertyDescriptor<unknown>;
    parameters.forEach((parameter, at) => parameter(prototype, name, at));
    for (const decorate of [verb, HttpCode(status), Header('Content-Type', 'application/scim+json')]) {
      decorate(prototype, name, method);
    }
  }
}
