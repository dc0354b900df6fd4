import { Get, Param } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { Config } from '../../config/config.ts';
import {
  type DescribedResource,
  resourceTypes,
  schemas,
  serviceProviderConfig,
} from '../../scim-core/discovery.ts';
import { bodySizeMaxBytes, bulkOperationsMax } from '../../scim-core/limits.ts';
import { listResponse } from '../../scim-core/messages.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { scimBaseUrl } from '../protocol/resource-request.ts';
import { ScimAnswer } from '../protocol/scim-answer.ts';
import { ScimEndpoint } from '../protocol/scim-endpoint.ts';
import { ScimOperation } from '../protocol/scim-openapi.ts';
import { Scim, type ScimRequest } from '../protocol/scim-request.ts';
import { WorkspaceExtensions } from '../directory/workspace-extensions.ts';

const bulk = { maxOperations: bulkOperationsMax, maxPayloadSize: bodySizeMaxBytes };

/** What the server can do, and the schemas it validates by (RFC 7644 §4), with the workspace's own extensions. */
@ScimEndpoint('')
export class DiscoveryController {
  private readonly baseUrl: string;

  constructor(
    config: Config,
    private readonly extensions: WorkspaceExtensions,
  ) {
    this.baseUrl = scimBaseUrl(config);
  }

  /** Open to everybody: `ApiTokenGuard` requires no token here, but checks one that is sent. */
  @Get('ServiceProviderConfig')
  @ApiSecurity({})
  @ScimOperation('What this server can do', 'discovery')
  serviceProviderConfig(): ScimAnswer {
    return described(serviceProviderConfig(this.baseUrl, { etag: true, bulk }));
  }

  @Get('ResourceTypes')
  @ScimOperation('The resource types', 'list')
  async resourceTypes(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return all(resourceTypes(this.baseUrl, await this.extensions.of(request.workspaceId)), request);
  }

  @Get('ResourceTypes/:name')
  @ScimOperation('One resource type', 'discovery')
  async resourceType(@Scim() { workspaceId }: ScimRequest, @Param('name') name: string): Promise<ScimAnswer> {
    const types = resourceTypes(this.baseUrl, await this.extensions.of(workspaceId));
    const found = types.find((type) => equalNames(type.id, name));
    return one(found, `ResourceType ${name}`);
  }

  @Get('Schemas')
  @ScimOperation('The schemas', 'list')
  async schemas(@Scim() request: ScimRequest): Promise<ScimAnswer> {
    return all(schemas(this.baseUrl, await this.extensions.of(request.workspaceId)), request);
  }

  @Get('Schemas/:urn')
  @ScimOperation('One schema', 'discovery')
  async schema(@Scim() { workspaceId }: ScimRequest, @Param('urn') urn: string): Promise<ScimAnswer> {
    const known = schemas(this.baseUrl, await this.extensions.of(workspaceId));
    const found = known.find((schema) => equalNames(schema.id, urn));
    return one(found, `Schema ${urn}`);
  }
}

/** Discovery is always complete: a filter is refused instead of being ignored (RFC 7644 §4). */
function all(resources: object[], request: ScimRequest): ScimAnswer {
  if (request.query.filter !== undefined) {
    throw new ScimError(403, undefined, 'A filter is not allowed on this endpoint.');
  }
  const texts = resources.map((resource) => JSON.stringify(resource));
  return new ScimAnswer(200, listResponse(texts, texts.length, 1));
}

function one(resource: DescribedResource | undefined, what: string): ScimAnswer {
  if (resource === undefined) throw ScimError.notFound(`${what} does not exist.`);
  return described(resource);
}

function described(resource: DescribedResource): ScimAnswer {
  return new ScimAnswer(200, resource, undefined, resource.meta.location);
}

function equalNames(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
