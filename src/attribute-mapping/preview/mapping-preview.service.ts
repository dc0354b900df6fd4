import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { cursorsOf, decodeCursor, pageUpTo } from '../../http/paging/page.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { dbOf } from '../../database/db-of.ts';
import type { Language } from '../../errors/sentence.ts';
import { propertiesOf } from '../../member-directory/properties/property-statements.ts';
import type { MappingCountsDto, MappingPreviewDto } from '../versions/attribute-mapping.dto.ts';
import { AttributeMappingService } from '../versions/attribute-mapping.service.ts';
import type { CompiledRules } from '../compile/compile-rules.ts';
import {
  allDirectoryUsers,
  directorySampleMax,
  membersNamedBy,
  type SampledUser,
  sampleDirectoryUsers,
} from '../sample/directory-sample.ts';
import { mapCompiled, peopleNamedBy } from '../mapping/map-attributes.ts';
import { extraUnitsOf, mappingPace } from '../mapping/mapping-pace.ts';
import type { MappingPreviewResponse, MappingSummaryResponse } from './mapping-preview.dto.ts';
import { OptionBudget } from '../mapping/option-budget.ts';
import { type PreviewedPerson, previewPerson, toPreviewResponse } from './preview-person.ts';
import { PreviewSummary } from './preview-summary.ts';
import { PreviewTurns } from './preview-turns.ts';
import { toRules } from '../versions/rule-input.ts';
import { groupPatternsOf } from '../compile/rule-source.ts';
import { InLane } from '../../database/lanes/task.ts';

/** People that the summary next to a page covers; the exact counts cover everybody. */
export const summaryPeopleMax = 1_000;

/**
 * Extra work that one preview may cause, in units of about 10 ns: the people of its page whatever they cost, and as many
 * others as there is room for.
 */
const previewExtraMaxUnits = 100_000_000;

/** The same for a count over everybody. */
const countsExtraMaxUnits = 1_000_000_000;

/** Candidate rules, compiled and ready to preview. */
interface Candidate {
  workspaceId: string;
  compiled: CompiledRules;
  withGroups: boolean;
  budget: OptionBudget;
  /** Extra work that is left for this request, in units. */
  extraLeftUnits: number;
}

/** Previews rules on real people. Writes nothing. */
@Injectable()
export class MappingPreviewService {
  private readonly turns = new PreviewTurns();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly mapping: AttributeMappingService,
  ) {}

  /**
   * What the given rules make of the people of the directory, the newest first, a page of them, with a summary of the
   * newest thousand, or of fewer where the rules cost too much.
   *
   * @throws BadInputError naming every bad rule by its place, as saving would
   */
  @InLane('report')
  preview(workspaceId: string, body: MappingPreviewDto, language: Language): Promise<MappingPreviewResponse> {
    return this.turns.take(workspaceId, () => this.makePreview(workspaceId, body, language));
  }

  private async makePreview(
    workspaceId: string,
    body: MappingPreviewDto,
    language: Language,
  ): Promise<MappingPreviewResponse> {
    const candidate = await this.candidate(workspaceId, body, previewExtraMaxUnits);
    const limit = body.sample ?? directorySampleMax;
    const cursors = cursorsOf(this.seal, 'mapping-preview', workspaceId);
    const after = decodeCursor(cursors, body.cursor);
    const { people, listed } = await sampleDirectoryUsers(dbOf(this.dataSource), workspaceId, {
      after,
      limit: limit + 1,
      withGroups: candidate.withGroups,
    });
    const shown = await this.show(candidate, people.slice(0, limit));
    const { items, nextCursor } = pageUpTo(cursors, shown, listed > shown.length, ({ id }) => id);
    const { summary, isWhole } = await this.summaryOfNewest(candidate, language);
    return {
      items: items.map((person) => toPreviewResponse(person, candidate.compiled, language)),
      nextCursor,
      summary: summary.result(isWhole),
    };
  }

  private async summaryOfNewest(
    candidate: Candidate,
    language: Language,
  ): Promise<{ summary: PreviewSummary; isWhole: boolean }> {
    const { workspaceId, withGroups } = candidate;
    const summary = new PreviewSummary(language);
    let left = summaryPeopleMax;
    for await (const people of allDirectoryUsers(dbOf(this.dataSource), workspaceId, withGroups)) {
      const looked = people.slice(0, left);
      const shown = await this.show(candidate, looked);
      for (const person of shown) summary.add(person);
      if (shown.length < people.length) return { summary, isWhole: false };
      left -= looked.length;
    }
    return { summary, isWhole: true };
  }

  /**
   * How many members the given rules would change in which field, which values fail and which would become options,
   * counted over everybody in the directory, or over fewer where the rules cost too much.
   *
   * @throws BadInputError naming every bad rule by its place
   */
  @InLane('report')
  counts(workspaceId: string, body: MappingCountsDto, language: Language): Promise<MappingSummaryResponse> {
    return this.turns.take(workspaceId, () => this.makeCounts(workspaceId, body, language));
  }

  private async makeCounts(
    workspaceId: string,
    body: MappingCountsDto,
    language: Language,
  ): Promise<MappingSummaryResponse> {
    const candidate = await this.candidate(workspaceId, body, countsExtraMaxUnits);
    const summary = new PreviewSummary(language);
    for await (const people of allDirectoryUsers(dbOf(this.dataSource), workspaceId, candidate.withGroups)) {
      const shown = await this.show(candidate, people);
      for (const person of shown) summary.add(person);
      if (shown.length < people.length) return summary.result(false);
    }
    return summary.result(true);
  }

  private async candidate(
    workspaceId: string,
    body: MappingCountsDto,
    extraLeftUnits: number,
  ): Promise<Candidate> {
    const rules = toRules(body.rules);
    const properties = await propertiesOf(dbOf(this.dataSource), workspaceId);
    const compiled = this.mapping.compile(rules, properties);
    const withGroups = groupPatternsOf(rules).length > 0;
    return { workspaceId, compiled, withGroups, budget: new OptionBudget(properties), extraLeftUnits };
  }

  /** @returns fewer people than asked for when the request may not cost more */
  private async show(candidate: Candidate, people: readonly SampledUser[]): Promise<PreviewedPerson[]> {
    const { workspaceId, compiled, budget } = candidate;
    const map = ({ resource, groups }: SampledUser) => {
      const mapped = budget.settle(mapCompiled(compiled, resource, groups));
      candidate.extraLeftUnits -= extraUnitsOf(mapped);
      return { made: mapped, mapped };
    };
    const mapped = await mappingPace.each(workspaceId, people, map, () => candidate.extraLeftUnits > 0);
    const named = await membersNamedBy(dbOf(this.dataSource), workspaceId, mapped.flatMap(peopleNamedBy));
    return people.flatMap((person, at) => {
      const values = mapped[at];
      return values === undefined ? [] : [previewPerson(person, values, compiled, named)];
    });
  }
}
