import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Config } from '../config/config.ts';
import { groupAmongAll, userAmongAll } from '../scim-core/any-type.ts';
import { parseListRequest, type ListRequest } from '../scim-core/list-request.ts';
import { wants } from '../scim-core/projection.ts';
import { groupRepresentation } from './group-representation.ts';
import { findGroups } from './group-statements.ts';
import { pageAnswer } from './page.ts';
import { projectedJson } from './representation.ts';
import { scimBaseUrl } from './resource-request.ts';
import { readRootPlaces, type RootPlace } from './root-places.ts';
import { ScimAnswer } from './scim-answer.ts';
import type { ScimRequest } from './scim-request.ts';
import { userRepresentation } from './user-representation.ts';
import { findUsers } from './user-statements.ts';
import { InLane } from '../database/lanes/task.ts';

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
    config: Config,
  ) {
    this.baseUrl = scimBaseUrl(config);
  }

  /**
   * `GET /`, `POST /.search`: a ListResponse of the users and groups that the filter selects, users first unless
   * `sortBy` says otherwise. An attribute that a resource's type does not have is one without a value.
   *
   * @throws ScimError `invalidFilter` and others for what neither users nor groups have
   */
  @InLane('list')
  async list({ workspaceId }: ScimRequest, query: unknown): Promise<ScimAnswer> {
    const request = {
      users: parseListRequest(query, userAmongAll.type),
      groups: parseListRequest(query, groupAmongAll.type),
    };
    // One snapshot, so that places, rows and total belong together.
    const found = await this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const places = await readRootPlaces(manager, workspaceId, request);
      return { places, resources: await this.read(manager, workspaceId, request, places.rows) };
    });
    const represent = ({ id }: RootPlace) => found.resources.get(id) ?? 'null';
    return new ScimAnswer(200, pageAnswer(workspaceId, request.users, 'all', found.places, represent));
  }

  /** The JSON of the places' resources, by id. */
  private async read(
    manager: EntityManager,
    workspaceId: string,
    { users, groups }: RootRequest,
    places: readonly RootPlace[],
  ): Promise<Map<string, string>> {
    const resources = new Map<string, string>();
    const idsOf = (type: RootPlace['type']) =>
      places.filter((place) => place.type === type).map(({ id }) => id);
    const [userIds, groupIds] = [idsOf('User'), idsOf('Group')];
    if (userIds.length > 0) {
      for (const row of await findUsers(manager, workspaceId, userIds, wants(users.projection, 'groups'))) {
        const { json } = userRepresentation(row, this.baseUrl);
        resources.set(row.id, projectedJson(json, users.projection, userAmongAll.type));
      }
    }
    if (groupIds.length > 0) {
      for (const row of await findGroups(
        manager,
        workspaceId,
        groupIds,
        wants(groups.projection, 'members'),
      )) {
        const { json } = groupRepresentation(row, this.baseUrl);
        resources.set(row.id, projectedJson(json, groups.projection, groupAmongAll.type));
      }
    }
    return resources;
  }
}
