import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Config } from '../../config/config.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { groupAmongAll, userAmongAll } from '../../scim-core/across-resource-types.ts';
import { parseListRequest, type ListRequest } from '../../scim-core/list-request.ts';
import { wants } from '../../scim-core/projection.ts';
import { DirectoryRecounts } from '../directory/directory-recounts.ts';
import { groupRepresentation } from '../groups/group-representation.ts';
import { groupShape } from '../groups/group-statements.ts';
import { pageAnswer } from '../lists/page.ts';
import { projectedJson } from '../protocol/representation.ts';
import { scimBaseUrl } from '../protocol/resource-request.ts';
import { readRootPlaces } from './root-places.ts';
import { readRootRows, type RootRow, type RootShapes } from './root-rows.ts';
import { ScimAnswer } from '../protocol/scim-answer.ts';
import type { ScimRequest } from '../protocol/scim-request.ts';
import { userRepresentation } from '../users/user-representation.ts';
import { InLane } from '../../database/lanes/task.ts';
import { dbOf } from '../../database/db-of.ts';
import { userShape } from '../users/read-users.ts';

/** A query over all resources, as the users and as the groups see it. */
interface RootRequest {
  users: ListRequest;
  groups: ListRequest;
}

/** Users and groups in one list (RFC 7644 §3.4.2.1 and §3.4.3). */
@Injectable()
export class RootService {
  private readonly baseUrl: string;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly recounts: DirectoryRecounts,
    config: Config,
  ) {
    this.baseUrl = scimBaseUrl(config);
  }

  /**
   * `GET /`, `POST /.search`: a ListResponse of the users and groups that the filter selects, users first unless
   * `sortBy` says otherwise. An attribute that a type does not have counts as one without a value.
   *
   * @throws ScimError `invalidFilter` and others for attributes that neither users nor groups have
   */
  @InLane('list')
  async list({ workspaceId }: ScimRequest, query: unknown): Promise<ScimAnswer> {
    const request = {
      users: parseListRequest(query, userAmongAll.type),
      groups: parseListRequest(query, groupAmongAll.type),
    };
    // One snapshot, so that places, rows and total belong together.
    const page = await this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const {
        total,
        rows: places,
        recountAt,
      } = await readRootPlaces(dbOf(manager), this.seal, workspaceId, request);
      const rows = await readRootRows(dbOf(manager), workspaceId, places, this.shapesFor(request));
      return { total, rows, hasMore: rows.length < places.length, recountAt };
    });
    if (request.users.filter === null) this.recounts.asked(workspaceId, page.recountAt);
    const represent = (row: RootRow) => this.represent(row, request);
    return new ScimAnswer(
      200,
      await pageAnswer(this.seal, workspaceId, request.users, 'all', page, represent),
    );
  }

  private shapesFor({ users, groups }: RootRequest): RootShapes {
    return {
      users: (workspace) => userShape(wants(users.projection, 'groups'), workspace),
      groups: (workspace) => groupShape(wants(groups.projection, 'members') ? this.baseUrl : null, workspace),
    };
  }

  private represent(row: RootRow, { users, groups }: RootRequest): string {
    return row.type === 'User'
      ? projectedJson(userRepresentation(row, this.baseUrl).json, users.projection)
      : projectedJson(groupRepresentation(row, this.baseUrl).json, groups.projection);
  }
}
