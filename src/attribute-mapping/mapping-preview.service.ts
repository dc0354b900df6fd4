import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { decodeCursor, pageOf } from '../audit/page.ts';
import type { Language } from '../errors/language.ts';
import { propertiesOf } from '../member-directory/property-statements.ts';
import type { MappingCountsDto, MappingPreviewDto } from './attribute-mapping.dto.ts';
import { AttributeMappingService } from './attribute-mapping.service.ts';
import type { CompiledRules } from './compile-rules.ts';
import {
  allDirectoryUsers,
  directorySampleMax,
  membersNamedBy,
  type SampledUser,
  sampleDirectoryUsers,
} from './directory-sample.ts';
import { mapCompiled, peopleNamedBy } from './map-attributes.ts';
import type { MappingPreviewResponse, MappingSummaryResponse } from './mapping-preview.dto.ts';
import { OptionBudget } from './option-budget.ts';
import { type PreviewedPerson, previewPerson, toPreviewResponse } from './preview-person.ts';
import { PreviewSummary } from './preview-summary.ts';
import { toRules } from './rule-input.ts';
import { groupPatternsOf } from './rule-source.ts';
import { InLane } from '../database/lanes/task.ts';

/** People whom the summary beside a page looks at; the exact counts look at everybody. */
export const summaryPeopleMax = 1_000;

/** Candidate rules, ready to be shown at work. */
interface Candidate {
  workspaceId: string;
  compiled: CompiledRules;
  withGroups: boolean;
  budget: OptionBudget;
}

/** Shows rules at work on real people. Writes nothing. */
@Injectable()
export class MappingPreviewService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly mapping: AttributeMappingService,
  ) {}

  /**
   * What the given rules make of the people of the directory, the newest first, a page of them, with a summary of the
   * newest thousand.
   *
   * @throws BadInputError naming every bad rule by its place, as saving would
   */
  @InLane('report')
  async preview(
    workspaceId: string,
    body: MappingPreviewDto,
    language: Language,
  ): Promise<MappingPreviewResponse> {
    const candidate = await this.candidate(workspaceId, body);
    const limit = body.sample ?? directorySampleMax;
    const after = decodeCursor(body.cursor);
    const furtherOn = after === null ? null : await this.sample(candidate, after, limit + 1);
    const newest = await this.sample(candidate, null, summaryPeopleMax + 1);
    const people = furtherOn ?? newest.slice(0, limit + 1);
    const { items, nextCursor } = pageOf(people, limit, (person) => person.id);
    const summary = new PreviewSummary(language);
    for (const person of newest.slice(0, summaryPeopleMax)) summary.add(person);
    return {
      items: items.map((person) => toPreviewResponse(person, candidate.compiled, language)),
      nextCursor,
      summary: summary.result(newest.length <= summaryPeopleMax),
    };
  }

  /**
   * How many members the given rules would change in which field, which values fail and which would become options,
   * counted over everybody in the directory.
   *
   * @throws BadInputError naming every bad rule by its place
   */
  @InLane('report')
  async counts(
    workspaceId: string,
    body: MappingCountsDto,
    language: Language,
  ): Promise<MappingSummaryResponse> {
    const candidate = await this.candidate(workspaceId, body);
    const summary = new PreviewSummary(language);
    for await (const people of allDirectoryUsers(this.dataSource, workspaceId, candidate.withGroups)) {
      for (const person of await this.show(candidate, people)) summary.add(person);
    }
    return summary.result(true);
  }

  private async candidate(workspaceId: string, body: MappingCountsDto): Promise<Candidate> {
    const rules = toRules(body.rules);
    const properties = await propertiesOf(this.dataSource, workspaceId);
    const compiled = this.mapping.compile(rules, properties);
    const withGroups = groupPatternsOf(rules).length > 0;
    return { workspaceId, compiled, withGroups, budget: new OptionBudget(properties) };
  }

  private async sample(
    candidate: Candidate,
    after: string | null,
    limit: number,
  ): Promise<PreviewedPerson[]> {
    const { workspaceId, withGroups } = candidate;
    const people = await sampleDirectoryUsers(this.dataSource, workspaceId, { after, limit, withGroups });
    return this.show(candidate, people);
  }

  private async show(
    { workspaceId, compiled, budget }: Candidate,
    people: readonly SampledUser[],
  ): Promise<PreviewedPerson[]> {
    const mapped = people.map(({ resource, groups }) =>
      budget.settle(mapCompiled(compiled, resource, groups)),
    );
    const named = await membersNamedBy(this.dataSource, workspaceId, mapped.flatMap(peopleNamedBy));
    return people.flatMap((person, at) => {
      const values = mapped[at];
      return values === undefined ? [] : [previewPerson(person, values, compiled, named)];
    });
  }
}
