import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { problemText } from '../member-directory/property-types/value-problem.ts';
import type { Page } from '../audit/page.ts';
import { own } from '../scim-core/resource.ts';
import type { MappingPreviewDto } from './attribute-mapping.dto.ts';
import { AttributeMappingService } from './attribute-mapping.service.ts';
import { type AttributeSource, attributeSources } from './attribute-sources.ts';
import type { CompiledRules } from './compile-rules.ts';
import {
  directorySampleMax,
  type SampledUser,
  sampleDirectoryUsers,
  sourceSampleMax,
} from './directory-sample.ts';
import { mapCompiled } from './map-attributes.ts';
import { toRules } from './rule-input.ts';
import type { MappingPreviewResponse, PreviewedPersonResponse } from './mapping-preview.dto.ts';

/** Shows rules at work on real people, and the attributes that rules can read. Writes nothing. */
@Injectable()
export class MappingPreviewService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly mapping: AttributeMappingService,
  ) {}

  /**
   * What the given rules make of the newest people of the directory.
   *
   * @throws BadInputError naming every bad rule by its place, as saving would
   */
  async preview(workspaceId: string, body: MappingPreviewDto): Promise<MappingPreviewResponse> {
    const compiled = await this.mapping.compile(workspaceId, toRules(body.rules));
    const people = await sampleDirectoryUsers(
      this.dataSource,
      workspaceId,
      body.sample ?? directorySampleMax,
    );
    return { items: people.map((person) => previewOf(person, compiled)) };
  }

  /** The attributes of the schemas and those that the newest people really have, the most frequent first. */
  async sources(workspaceId: string): Promise<Page<AttributeSource> & { sampledUsers: number }> {
    const people = await sampleDirectoryUsers(this.dataSource, workspaceId, sourceSampleMax);
    const items = attributeSources(people.map((person) => person.resource));
    return { sampledUsers: people.length, items, nextCursor: null };
  }
}

function previewOf(person: SampledUser, compiled: CompiledRules): PreviewedPersonResponse {
  const mapped = mapCompiled(compiled, person.resource);
  const values = compiled.targets.flatMap(({ target, name }) => {
    const failed = mapped.problems.some((problem) => problem.target === name);
    if ('property' in target) {
      const value = mapped.properties[target.property];
      return value === undefined ? [] : [{ target: name, value }];
    }
    if (target.field === 'manager') {
      return mapped.manager === null && failed ? [] : [{ target: name, value: mapped.manager }];
    }
    const value = mapped.fields[target.field];
    return value === undefined ? [] : [{ target: name, value }];
  });
  const displayName = own(person.resource, 'displayName');
  return {
    directoryUserId: person.id,
    name: typeof displayName === 'string' ? displayName : person.userName,
    values,
    problems: mapped.problems.map((problem) => ({ ...problem, text: problemText(problem) })),
  };
}
