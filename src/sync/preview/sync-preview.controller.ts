import { Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { Id } from '../../http/endpoint/id.ts';
import { ValidBody, ValidQuery } from '../../http/endpoint/valid.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { ChosenPreviewResponse, PeopleNamedDto } from './chosen-people.dto.ts';
import { LiftService } from './lift.service.ts';
import { LinkDecisionsService } from './link-decisions.service.ts';
import { LinkCandidatesResponse, LinkEffectResponse } from './link-preview.dto.ts';
import { LinkPreviewService } from './link-preview.service.ts';
import { LinkSuggestionsService } from './link-suggestions.service.ts';
import {
  LinkDto,
  LinkedPairsResponse,
  LinkPairsDto,
  LinkSuggestionsQuery,
  LinkSuggestionsResponse,
} from './links.dto.ts';
import {
  ExplainedChangeResponse,
  LiftDto,
  LiftedResponse,
  SyncPreviewQuery,
  SyncPreviewResponse,
} from './sync-preview.dto.ts';
import { SyncPreviewService } from './sync-preview.service.ts';

/** What a synchronization would do, and what an admin can do about one person. */
@AdminEndpoint('sync-preview', 'Synchronization')
export class SyncPreviewController {
  constructor(
    private readonly preview: SyncPreviewService,
    private readonly decisions: LinkDecisionsService,
    private readonly suggestions: LinkSuggestionsService,
    private readonly lifting: LiftService,
    private readonly links: LinkPreviewService,
  ) {}

  /** All pending changes, computed now; nothing is written. */
  @Get()
  @ApiOperation({ summary: 'List pending changes' })
  @ApiOkResponse({ type: SyncPreviewResponse })
  page(
    @CurrentSession() session: Session,
    @ValidQuery() query: SyncPreviewQuery,
    @AskerLanguage() language: Language,
  ): Promise<SyncPreviewResponse> {
    return this.preview.page(session.workspaceId, query, language);
  }

  /**
   * People in conflict, each with the one member who may be the same person and can be linked. The pairs are for an admin
   * to look through before they are linked by `POST /api/sync-preview/links`.
   */
  @Get('link-suggestions')
  @ApiOperation({ summary: 'List people who may be members already' })
  @ApiOkResponse({ type: LinkSuggestionsResponse })
  suggest(
    @CurrentSession() session: Session,
    @ValidQuery() query: LinkSuggestionsQuery,
    @AskerLanguage() language: Language,
  ): Promise<LinkSuggestionsResponse> {
    const page = query;
    return this.suggestions.page(session.workspaceId, page, language);
  }

  /** Says of many people which members they are. What is refused of it does not stop the others, and is told. */
  @Post('links')
  @ApiOperation({ summary: 'Link many people to members' })
  @HttpCode(200)
  @ApiOkResponse({ type: LinkedPairsResponse })
  async linkMany(
    @CurrentSession() session: Session,
    @ValidBody() body: LinkPairsDto,
  ): Promise<LinkedPairsResponse> {
    const items = await this.decisions.linkMany(session, body.pairs);
    return { linked: items.filter(({ state }) => state === 'linked').length, items };
  }

  /**
   * What a run of chosen people would do, in numbers; `POST /api/sync-runs` with the same people and the version does it.
   */
  @Post('chosen')
  @ApiOperation({ summary: 'Count what a run of chosen people would do' })
  @HttpCode(200)
  @ApiOkResponse({ type: ChosenPreviewResponse })
  ofChosen(
    @CurrentSession() session: Session,
    @ValidBody() body: PeopleNamedDto,
  ): Promise<ChosenPreviewResponse> {
    return this.preview.ofChosen(session.workspaceId, body);
  }

  /** Lifts the suppression of many at once: of the people and groups that are named, or that a filter finds. */
  @Post('lift')
  @ApiOperation({ summary: 'Allow many suppressed changes again' })
  @HttpCode(200)
  @ApiOkResponse({ type: LiftedResponse })
  liftMany(@CurrentSession() session: Session, @ValidBody() body: LiftDto): Promise<LiftedResponse> {
    return this.lifting.lift(session, body);
  }

  /** What would happen to one person, and why, step by step; also when nothing would. */
  @Get(':directoryUserId')
  @ApiOperation({ summary: 'Explain what would happen to a person' })
  @ApiOkResponse({ type: ExplainedChangeResponse })
  explain(
    @CurrentSession() session: Session,
    @Id('directory user', 'directoryUserId') id: string,
    @AskerLanguage() language: Language,
  ): Promise<ExplainedChangeResponse> {
    return this.preview.explain(session.workspaceId, id, language);
  }

  /** The members that the person is most likely to be, and why: only those that can be linked, before anything is searched. */
  @Get(':directoryUserId/link-candidates')
  @ApiOperation({ summary: 'List the members a person may be' })
  @ApiOkResponse({ type: LinkCandidatesResponse })
  async candidates(
    @CurrentSession() session: Session,
    @Id('directory user', 'directoryUserId') id: string,
  ): Promise<LinkCandidatesResponse> {
    return { items: await this.links.candidates(session.workspaceId, id) };
  }

  /** What would follow if an admin said that the person is this member: what is refused here would be refused then, too. */
  @Get(':directoryUserId/link/:memberId')
  @ApiOperation({ summary: 'Say what a link would change' })
  @ApiOkResponse({ type: LinkEffectResponse })
  effect(
    @CurrentSession() session: Session,
    @Id('directory user', 'directoryUserId') id: string,
    @Id('member', 'memberId') memberId: string,
    @AskerLanguage() language: Language,
  ): Promise<LinkEffectResponse> {
    return this.links.effect(session.workspaceId, id, memberId, language);
  }

  /**
   * Says which member the person is; answers with what would happen now. A member whose person in the directory is inactive
   * or gone can be linked, too: it keeps its id and all that belongs to it.
   */
  @Post(':directoryUserId/link')
  @ApiOperation({ summary: 'Say which member a person is' })
  @HttpCode(200)
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async link(
    @CurrentSession() session: Session,
    @Id('directory user', 'directoryUserId') id: string,
    @ValidBody() body: LinkDto,
    @AskerLanguage() language: Language,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.link(session, id, body.memberId);
    return this.explain(session, id, language);
  }

  /** Excludes the person from synchronization. */
  @Post(':directoryUserId/exclude')
  @ApiOperation({ summary: 'Exclude a person from synchronization' })
  @HttpCode(200)
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async exclude(
    @CurrentSession() session: Session,
    @Id('directory user', 'directoryUserId') id: string,
    @AskerLanguage() language: Language,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.exclude(session, id);
    return this.explain(session, id, language);
  }

  /** Takes an exclusion back. */
  @Post(':directoryUserId/include')
  @ApiOperation({ summary: 'Take the exclusion of a person back' })
  @HttpCode(200)
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async include(
    @CurrentSession() session: Session,
    @Id('directory user', 'directoryUserId') id: string,
    @AskerLanguage() language: Language,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.include(session, id);
    return this.explain(session, id, language);
  }

  /** Has the next run look at a person who is a conflict once more. */
  @Post(':directoryUserId/retry')
  @ApiOperation({ summary: 'Try the conflict of a person again' })
  @HttpCode(200)
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async retry(
    @CurrentSession() session: Session,
    @Id('directory user', 'directoryUserId') id: string,
    @AskerLanguage() language: Language,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.retry(session, id);
    return this.explain(session, id, language);
  }

  /** Says that the person is somebody else than the one whose member an admin linked to another person. */
  @Post(':directoryUserId/separate')
  @ApiOperation({ summary: 'Say that a person is somebody else' })
  @HttpCode(200)
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async separate(
    @CurrentSession() session: Session,
    @Id('directory user', 'directoryUserId') id: string,
    @AskerLanguage() language: Language,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.separate(session, id);
    return this.explain(session, id, language);
  }

  /** Lifts the suppression of a change that was taken back or rejected. */
  @Post(':directoryUserId/lift')
  @ApiOperation({ summary: 'Allow a suppressed change again' })
  @HttpCode(200)
  @ApiOkResponse({ type: ExplainedChangeResponse })
  async lift(
    @CurrentSession() session: Session,
    @Id('directory user', 'directoryUserId') id: string,
    @AskerLanguage() language: Language,
  ): Promise<ExplainedChangeResponse> {
    await this.decisions.lift(session, id);
    return this.explain(session, id, language);
  }
}
