import { Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { isUuid } from '../../database/uuid.ts';
import { BadInputError, NotFoundError } from '../../errors/domain-errors.ts';
import { seconds } from '../../errors/duration.ts';
import { EventFeed } from '../../events/event-feed.ts';
import { eventTypes, type EventType } from '../../events/event.ts';
import { eventJson } from '../../events/read-events.ts';
import { ValidQuery } from '../../http/endpoint/valid.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { EventPageResponse, EventsQuery } from './events.dto.ts';

/** What happened to the members, for the back end of the host product. */
@OperatorEndpoint('events')
export class EventsController {
  constructor(
    private readonly feed: EventFeed,
    private readonly background: BackgroundTasks,
  ) {}

  /**
   * Events in order, of one workspace or of all. With `wait`, the answer comes as soon as there is something, or when
   * the time is over.
   */
  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Follow the members: what happened, in order' })
  @ApiOkResponse({ type: EventPageResponse })
  async list(@ValidQuery() query: EventsQuery, @Res() response: Response): Promise<void> {
    if (query.workspaceId !== undefined && !isUuid(query.workspaceId)) throw new NotFoundError('workspace');
    const signal = AbortSignal.any([this.background.ending, goneSignal(response)]);
    const asked = {
      after: query.after,
      workspaceId: query.workspaceId ?? null,
      visible: null,
      types: readTypes(query.types),
      limit: query.limit,
    };
    const { events, next, more } = await this.feed.wait(asked, seconds(query.wait), signal);
    // The parts of an event are JSON already: nothing is read and written again.
    const items = events.map(eventJson).join(',');
    response
      .type('application/json')
      .send(`{"items":[${items}],"next":${JSON.stringify(next)},"more":${more}}`);
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
