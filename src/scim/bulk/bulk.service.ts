import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../../config/config.ts';
import { UnavailableError } from '../../errors/domain-errors.ts';
import { knownErrorOf } from '../../errors/known-error.ts';
import { PassingFaultLog } from '../../errors/passing-fault-log.ts';
import { scimErrorOf } from '../../http/answers/scim-answer.ts';
import { orderBulk } from '../../scim-core/bulk-order.ts';
import { parseBulkRequest, type BulkOperation } from '../../scim-core/bulk-request.ts';
import { bulkResponseUrn } from '../../scim-core/urns.ts';
import type { ScimError } from '../../scim-core/scim-error.ts';
import { BulkRun, createdId } from './bulk-run.ts';
import { GroupsService } from '../groups/groups.service.ts';
import { scimBaseUrl } from '../protocol/resource-request.ts';
import { ScimAnswer } from '../protocol/scim-answer.ts';
import { scimRequest, type ScimRequest } from '../protocol/scim-request.ts';
import { UsersService } from '../users/users.service.ts';

/** For how many resources of one bulk request the log keeps what was not read as sent. */
const bulkNotesMax = 100;

/** Many operations in one request. Each is the same use case as in a request of its own (RFC 7644 §3.7). */
@Injectable()
export class BulkService {
  private readonly logger = new Logger(BulkService.name);
  private readonly baseUrl: string;

  constructor(
    private readonly users: UsersService,
    private readonly groups: GroupsService,
    private readonly passing: PassingFaultLog,
    config: Config,
  ) {
    this.baseUrl = scimBaseUrl(config);
  }

  /**
   * `POST /Bulk`: 200 with an entry for each operation that was carried out or failed, in the order of the request.
   * The whole is not atomic. After `failOnErrors` errors nothing further is begun.
   *
   * @throws ScimError when the request as a whole cannot be read, or 413 when it holds too many operations
   */
  async run(request: ScimRequest): Promise<ScimAnswer> {
    const { operations, failOnErrors } = parseBulkRequest(request.body);
    const run = new BulkRun(
      operations,
      this.baseUrl,
      (operation, target, data) => this.perform(request, operation, target, data),
      (error) => this.scimError(error),
    );
    for (const step of orderBulk(operations)) {
      if (failOnErrors !== null && run.errorCount >= failOnErrors) break;
      await run.take(step);
    }
    run.refuseWhatIsOpen();
    return new ScimAnswer(200, { schemas: [bulkResponseUrn], Operations: run.entries() });
  }

  private async perform(
    { workspaceId, notes }: ScimRequest,
    operation: BulkOperation,
    { method, id }: { method: BulkOperation['method']; id: string },
    data: unknown,
  ): Promise<ScimAnswer> {
    // Only id and tag of each answer are needed: members and groups need not be read.
    const query = { attributes: 'id' };
    const request = scimRequest({ workspaceId, body: data, query, ifMatch: operation.version });
    const answer = await this.ask(operation.endpoint, method, request, id);
    const resourceId = method === 'POST' ? createdId(answer) : id;
    const room = bulkNotesMax - notes.length;
    notes.push(...request.notes.slice(0, room).map((noted) => ({ ...noted, resourceId })));
    return answer;
  }

  private ask(
    endpoint: BulkOperation['endpoint'],
    method: BulkOperation['method'],
    request: ScimRequest,
    id: string,
  ): Promise<ScimAnswer> {
    const service = endpoint === 'Users' ? this.users : this.groups;
    switch (method) {
      case 'POST':
        return service.create(request);
      case 'PUT':
        return service.replace(request, id);
      case 'PATCH':
        return service.patch(request, id);
      case 'DELETE':
        return service.remove(request, id);
    }
  }

  private scimError(thrown: unknown): ScimError {
    const error = knownErrorOf(thrown);
    if (error instanceof UnavailableError) this.passing.takes(thrown, 'a bulk operation');
    if (error === null) this.logger.error({ err: thrown }, 'Unexpected error in a bulk operation');
    return scimErrorOf(error);
  }
}
