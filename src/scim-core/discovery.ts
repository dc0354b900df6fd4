import { countDefault, countMax } from './limits.ts';
import { resourceTypeUrn, schemaUrn, serviceProviderConfigUrn } from './urns.ts';
import { groupResourceType, userResourceType } from './resource-types.ts';
import { type Attribute, findAttribute, type ResourceType, type Schema } from './schema.ts';

/** What the service can do beyond what this folder knows. Only what is given here is advertised. */
export interface Features {
  /** Absent: bulk is not supported. */
  bulk?: { maxOperations: number; maxPayloadSize: number };
  etag?: boolean;
  documentationUri?: string;
}

/** The service provider configuration, as sent. */
export interface DescribedResource extends Record<string, unknown> {
  meta: { resourceType: string; location: string };
}

/** A resource type or schema, as sent. */
export interface DiscoveryResource extends DescribedResource {
  id: string;
  name: string;
}

const types: readonly ResourceType[] = [userResourceType, groupResourceType];

/**
 * The service provider configuration (RFC 7643 §5, RFC 7644 §4).
 * @param baseUrl the externally visible URL that ends in `/scim/v2`
 */
export function serviceProviderConfig(baseUrl: string, features: Features = {}): DescribedResource {
  return {
    schemas: [serviceProviderConfigUrn],
    ...(features.documentationUri === undefined ? {} : { documentationUri: features.documentationUri }),
    patch: { supported: true },
    bulk:
      features.bulk === undefined
        ? { supported: false, maxOperations: 0, maxPayloadSize: 0 }
        : { supported: true, ...features.bulk },
    filter: { supported: true, maxResults: countMax },
    // RFC 9865 §4; no cursorTimeout: a cursor never expires.
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: countDefault,
      maxPageSize: countMax,
    },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: features.etag === true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'API token',
        description: 'A bearer token that an admin of the workspace created: Authorization: Bearer <token>.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
      {
        type: 'oauth2',
        name: 'OAuth 2.0 client credentials',
        description:
          'A bearer token that an OAuth client of the workspace gets for its client_id and client_secret, by ' +
          `grant_type=client_credentials at ${baseUrl.replace(/\/scim\/v2$/, '/oauth/token')}.`,
        specUri: 'https://www.rfc-editor.org/info/rfc6749',
        primary: false,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}

/**
 * The resource types (RFC 7643 §6), each as it is sent.
 * @param userExtensions extensions of User besides the standard one
 */
export function resourceTypes(baseUrl: string, userExtensions: readonly Schema[] = []): DiscoveryResource[] {
  return typesWith(userExtensions).map((type) => ({
    schemas: [resourceTypeUrn],
    id: type.name,
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map(({ schema, required }) => ({ schema: schema.id, required })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.name}` },
  }));
}

/** Users with further extensions. Attributes under the URN of a known schema are added to that schema. */
function typesWith(userExtensions: readonly Schema[]): ResourceType[] {
  return types.map((type) => (type === userResourceType ? withExtensions(type, userExtensions) : type));
}

function withExtensions(type: ResourceType, more: readonly Schema[]): ResourceType {
  const known = [type.schema, ...type.extensions.map(({ schema }) => schema)];
  const isKnown = ({ id }: Schema) => known.some((schema) => schema.id === id);
  const complete = (schema: Schema): Schema => ({
    ...schema,
    attributes: more
      .filter(({ id }) => id === schema.id)
      .reduce((attributes, added) => withAttributes(attributes, added.attributes), schema.attributes),
  });
  return {
    ...type,
    schema: complete(type.schema),
    extensions: [
      ...type.extensions.map((extension) => ({ ...extension, schema: complete(extension.schema) })),
      ...more.filter((schema) => !isKnown(schema)).map((schema) => ({ schema, required: false })),
    ],
  };
}

/** Attributes with others added. If an attribute exists already, the parts of the other are added to it. */
function withAttributes(attributes: readonly Attribute[], added: readonly Attribute[]): readonly Attribute[] {
  return added.reduce<readonly Attribute[]>((all, one) => {
    const known = findAttribute(all, one.name);
    if (known === undefined) return [...all, one];
    if (known.subAttributes === undefined || one.subAttributes === undefined) return all;
    const subAttributes = withAttributes(known.subAttributes, one.subAttributes);
    return all.map((attribute) => (attribute === known ? { ...known, subAttributes } : attribute));
  }, attributes);
}

/**
 * The schemas (RFC 7643 §7), each as it is sent, from the same definitions that validate.
 * @param userExtensions extensions of User besides the standard one, and further attributes of known schemas
 */
export function schemas(baseUrl: string, userExtensions: readonly Schema[] = []): DiscoveryResource[] {
  return typesWith(userExtensions)
    .flatMap((type) => [type.schema, ...type.extensions.map((extension) => extension.schema)])
    .map((schema) => representSchema(schema, baseUrl));
}

function representSchema(schema: Schema, baseUrl: string): DiscoveryResource {
  return {
    schemas: [schemaUrn],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(representAttribute),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  };
}

/** Every characteristic is written out, defaults too; erratum 6004: complex attributes have no `uniqueness`. */
function representAttribute(attribute: Attribute): Record<string, unknown> {
  return {
    name: attribute.name,
    type: attribute.type,
    multiValued: attribute.multiValued,
    description: attribute.description,
    required: attribute.required,
    ...(attribute.type === 'complex' ? {} : { caseExact: attribute.caseExact }),
    mutability: attribute.mutability,
    returned: attribute.returned,
    ...(attribute.type === 'complex' ? {} : { uniqueness: attribute.uniqueness }),
    ...(attribute.canonicalValues === undefined ? {} : { canonicalValues: attribute.canonicalValues }),
    ...(attribute.referenceTypes === undefined ? {} : { referenceTypes: attribute.referenceTypes }),
    ...(attribute.subAttributes === undefined
      ? {}
      : { subAttributes: attribute.subAttributes.map(representAttribute) }),
  };
}
