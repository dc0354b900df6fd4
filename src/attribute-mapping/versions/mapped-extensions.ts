import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type AttributePath, parsePath } from '../../scim-core/attribute-path.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { userUrn } from '../../scim-core/urns.ts';
import { userResourceType } from '../../scim-core/resource-types.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { Schema } from '../../scim-core/schema.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { WorkspaceExtensions } from '../../scim/directory/workspace-extensions.ts';
import { sampleDirectoryUsers } from '../sample/directory-sample.ts';
import { AttributeMappingService } from './attribute-mapping.service.ts';
import type { Rule } from '../rule/rule.ts';
import { storedValues } from './stored-attributes.ts';
import { pathsOfRule } from '../compile/rule-paths.ts';
import { dbOf } from '../../database/db-of.ts';

/** Most people whose attributes are looked at for names and types, the newest first. */
export const peopleLookedAtMax = 200;

/** Shows the custom attributes that a workspace's rules read to identity providers that look for attributes. */
@Injectable()
export class MappedExtensions {
  constructor(
    extensions: WorkspaceExtensions,
    private readonly mapping: AttributeMappingService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {
    extensions.register((workspaceId) => this.of(workspaceId));
  }

  private async of(workspaceId: string): Promise<Schema[]> {
    const { rules } = await this.mapping.get(workspaceId);
    if (extensionsOf(rules).length === 0) return [];
    const options = { after: null, limit: peopleLookedAtMax, withGroups: false };
    const { people } = await sampleDirectoryUsers(dbOf(this.dataSource), workspaceId, options);
    return extensionsOf(
      rules,
      people.map(({ resource }) => resource),
    );
  }
}

/** What rules read of one attribute; sub-attributes by their folded names. */
interface ReadAttribute {
  name: string;
  subs: Map<string, string>;
}

/** What rules read of one extension; attributes by their folded names. */
interface ReadExtension {
  id: string;
  attributes: Map<string, ReadAttribute>;
}

/**
 * What rules read beside the standard attributes, by schema: extensions of their own, and attributes that an admin put
 * into the User schema, the enterprise extension or a complex attribute. Pure.
 *
 * @param people who show under which names and with which types the attributes are stored; other values are taken all
 *   the same
 */
export function extensionsOf(rules: readonly Rule[], people: readonly ScimResource[] = []): Schema[] {
  const byUrn = new Map<string, ReadExtension>();
  for (const source of rules.flatMap(pathsOfRule)) {
    const path = customPath(source);
    if (path === null) continue;
    const id = path.schema ?? userUrn;
    const urn: ReadExtension = byUrn.get(foldCase(id)) ?? { id, attributes: new Map() };
    byUrn.set(foldCase(id), urn);
    const { name } = path.attribute;
    const attribute: ReadAttribute = urn.attributes.get(foldCase(name)) ?? { name, subs: new Map() };
    urn.attributes.set(foldCase(name), attribute);
    if (path.sub !== undefined) attribute.subs.set(foldCase(path.sub.name), path.sub.name);
  }
  return [...byUrn.values()].map(({ id, attributes }) => ({
    id,
    name: nameOf(id),
    description: 'Attributes that the attribute mapping of this workspace reads.',
    attributes: [...attributes.values()].map(({ name, subs }) =>
      storedValues(people, id === userUrn ? null : id, name).describe(
        name,
        subs,
        'Read by the attribute mapping.',
      ),
    ),
  }));
}

/** A path to what no schema describes; null for every other one, and for a whole extension. */
function customPath(source: string): AttributePath | null {
  try {
    const path = parsePath(source, userResourceType);
    const isWhole = path.schema === null && path.attribute.name.includes(':');
    return !isWhole && (path.sub ?? path.attribute).untyped === true ? path : null;
  } catch (error) {
    if (error instanceof ScimError) return null;
    throw error;
  }
}

/** `urn:…:extension:CustomExtensionName:2.0:User` → `CustomExtensionName`. */
function nameOf(urn: string): string {
  const parts = urn.split(':').filter((part) => part !== '' && !/^(\d[\d.]*|user)$/iu.test(part));
  return parts.at(-1) ?? urn;
}
