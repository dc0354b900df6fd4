import { RecordsReads } from '../../audit/recorded-reads.ts';
import { Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { BadInputError } from '../../errors/domain-errors.ts';
import { seconds } from '../../errors/duration.ts';
import { EventFeed } from '../../events/event-feed.ts';
import { eventTypes, type EventType } from '../../events/event.ts';
import { streaming } from '../../http/answers/stream-answer.ts';
import { ValidQuery } from '../../http/endpoint/valid.ts';
import { Clock } from '../../database/clock.ts';
import { KeyCheckService } from '../../operator-access/key-check.service.ts';
import { CurrentCaller } from '../../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { ProductScope } from '../../operator-access/scope.guard.ts';
import { WorkspaceIds } from '../../workspaces/workspace-ids.service.ts';
import { type Caller, limitOf } from '../../http/request/caller.ts';
import { EventPageResponse, EventsQuery } from './events.dto.ts';

/** What happened to the members, for the back end of the host product. */
@OperatorEndpoint('events')
export class EventsController {
  constructor(
    private readonly feed: EventFeed,
    private readonly background: BackgroundTasks,
    private readonly workspaces: WorkspaceIds,
    private readonly keys: KeyCheckService,
    private readonly clock: Clock,
  ) {}

  /**
   * Events in order, of one workspace or of all. With `wait`, the answer comes as soon as there is something, or when
   * the time is over.
   */
  @Get()
  @RecordsReads()
  @ProductScope('events:read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Follow the members: what happened, in order' })
  @ApiOkResponse({
    type: EventPageResponse,
    headers: {
      Link: {
        description:
          'When there is more: the address of the next page with `rel="next"` (RFC 8288), so that it can be asked for while this one is read.',
        schema: { type: 'string' },
      },
    },
  })
  async list(
    @ValidQuery() query: EventsQuery,
    @CurrentCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const named = query.workspaceId;
    const workspaceId =
      named === undefined ? null : (await this.workspaces.named(named, 'workspaceId', caller)).id;
    const signal = AbortSignal.any([this.background.ending, goneSignal(response)]);
    const asked = {
      after: query.after,
      workspaceId,
      visible: limitOf(caller),
      types: readTypes(query.types),
      limit: query.limit,
    };
    const { texts, next, more } = await this.feed.read(asked, seconds(query.wait), signal);
    // A key that was revoked while the answer waited gets nothing any more.
    if (query.wait > 0) await this.keys.requireStillGood(caller, this.clock.now());
    const end = `],"next":${JSON.stringify(next)},"more":${more}}`;
    response.type('application/json');
    if (!more) return answerWhole(response, pageOf(await texts, end));
    // Sent before the events are read, so that a reader can ask for the next page meanwhile.
    response.setHeader('Link', `<?${queryAfter(next, query)}>; rel="next"`);
    await streaming(response, async () => {
      response.flushHeaders();
      write(response, pageOf(await texts, end));
    });
  }
}

/** @throws BadInputError naming the type that is unknown */
function readTypes(text: string | undefined): EventType[] | null {
  if (text === undefined || text === '') return null;
  const types = text.split(',').map((type) => type.trim());
  const unknown = types.filter((type) => !(eventTypes as readonly string[]).includes(type));
  if (unknown.length > 0) {
    const message = `${unknown.join(', ')}: no such type. The types are ${eventTypes.join(', ')}.`;
    throw new BadInputError([{ path: 'types', message }]);
  }
  return types as EventType[];
}

function goneSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

/** The query of the next page (RFC 8288: relative to the address of this one). */
function queryAfter(after: string, { workspaceId, types, limit, wait }: EventsQuery): string {
  return new URLSearchParams({
    after,
    ...(workspaceId !== undefined && { workspaceId }),
    ...(types !== undefined && { types }),
    limit: String(limit),
    wait: String(wait),
  }).toString();
}

/** The events are JSON already: nothing is read and written again, nor put together to one text of a megabyte. */
function pageOf(texts: readonly string[], end: string): string[] {
  return ['{"items":[', ...texts.map((text, at) => (at === 0 ? text : `,${text}`)), end];
}

function answerWhole(response: Response, parts: readonly string[]): void {
  const lengthBytes = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  response.setHeader('Content-Length', lengthBytes);
  write(response, parts);
  response.end();
}

function write(response: Response, parts: readonly string[]): void {
  response.cork();
  for (const part of parts) response.write(part);
  response.uncork();
}
