import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Turns } from '../../database/turns.ts';
import { dbOf } from '../../database/db-of.ts';
import type { Language } from '../../errors/sentence.ts';
import { propertiesOf } from '../../member-directory/properties/property-statements.ts';
import { AttributeMappingService } from '../versions/attribute-mapping.service.ts';
import { SeenAttributes } from './attribute-sources.ts';
import { allDirectoryUsers } from '../sample/directory-sample.ts';
import type { AttributeSourcesResponse } from '../preview/mapping-preview.dto.ts';
import type { MappingSuggestionsResponse } from './mapping-suggestions.dto.ts';
import { suggestMappings } from './suggest-mappings.ts';
import { suggestionText } from './suggestion-text.ts';

/** Most people who are looked at for their attributes, the newest first. */
export const peopleLookedAtMax = 20_000;

/** What the identity provider really sends, and what could be made of it. Writes nothing. */
@Injectable()
export class AttributeSourcesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly mapping: AttributeMappingService,
  ) {}

  /** The attributes of the schemas and those that people really have, the most frequent first. */
  async sources(workspaceId: string): Promise<AttributeSourcesResponse> {
    const seen = await this.look(workspaceId);
    const items = seen.result().map(({ values: _values, ...source }) => source);
    return { sampledUsers: seen.people, items, nextCursor: null };
  }

  /** Ready rules and properties for attributes that people have and no rule reads. */
  async suggestions(workspaceId: string, language: Language): Promise<MappingSuggestionsResponse> {
    const { rules } = await this.mapping.get(workspaceId);
    const properties = await propertiesOf(dbOf(this.dataSource), workspaceId);
    const seen = await this.look(workspaceId);
    return {
      people: seen.people,
      items: suggestMappings(seen.result(), rules, properties).map(({ question, ...suggestion }) => ({
        ...suggestion,
        code: question.code,
        params: { ...question.params },
        text: suggestionText(question, language),
      })),
      nextCursor: null,
    };
  }

  private async look(workspaceId: string): Promise<SeenAttributes> {
    const seen = new SeenAttributes();
    const turns = new Turns();
    for await (const people of allDirectoryUsers(dbOf(this.dataSource), workspaceId, false)) {
      for (const { resource } of people) {
        seen.add(resource);
        await turns.next();
      }
      if (seen.people >= peopleLookedAtMax) break;
    }
    return seen;
  }
}
