import { Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { HoldsSecret } from '../../http/endpoint/holds-secret.ts';
import { Id } from '../../http/endpoint/id.ts';
import { ValidBody, ValidQuery } from '../../http/endpoint/valid.ts';
import { PageQuery } from '../../http/paging/page.ts';
import {
  AnswersWithTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { channelState } from './channel-row.ts';
import { ChannelsService } from './channels.service.ts';
import { MessagePageResponse, MessageResponse } from './messages.dto.ts';
import { MessagesService } from './messages.service.ts';
import {
  AddChannelDto,
  AddedChannelResponse,
  ChangeChannelDto,
  ChannelResponse,
  NotificationsChangeDto,
  NotificationsResponse,
} from './notifications.dto.ts';
import { NotificationsService, notificationsState } from './notifications.service.ts';

const channel = 'channel for notifications';

/** What admins are told of by mail and in their chats. */
@AdminEndpoint('notifications', 'Notifications')
export class NotificationsController {
  constructor(
    private readonly notifications: NotificationsService,
    private readonly channels: ChannelsService,
    private readonly messages: MessagesService,
  ) {}

  /** Who and what is told of what. Its `ETag` stands for `mine` and `names`. */
  @Get()
  @AnswersWithTag(notificationsState)
  @ApiOperation({ summary: 'Show the notifications' })
  @ApiOkResponse({ type: NotificationsResponse })
  get(@CurrentSession() session: Session): Promise<NotificationsResponse> {
    return this.notifications.get(session);
  }

  /** Changes what you get by mail, and whether messages may name people. Only your own mailbox can be subscribed. */
  @Patch()
  @AnswersWithTag(notificationsState)
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Choose your mail' })
  @ApiOkResponse({ type: NotificationsResponse })
  update(
    @CurrentSession() session: Session,
    @ValidBody() body: NotificationsChangeDto,
    @IfMatch() precondition: Precondition,
  ): Promise<NotificationsResponse> {
    return this.notifications.update(session, body, precondition);
  }

  /** Adds Slack, Teams or any URL. The secret that signs messages to any URL is in this answer only. */
  @Post('channels')
  @AnswersWithTag(channelState)
  @ApiOperation({ summary: 'Add a channel' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: AddedChannelResponse })
  add(@CurrentSession() session: Session, @ValidBody() body: AddChannelDto): Promise<AddedChannelResponse> {
    return this.channels.add(session, body);
  }

  /** One channel, without its address. */
  @Get('channels/:id')
  @AnswersWithTag(channelState)
  @ApiOperation({ summary: 'Show a channel' })
  @ApiOkResponse({ type: ChannelResponse })
  getChannel(@CurrentSession() session: Session, @Id(channel) id: string): Promise<ChannelResponse> {
    return this.channels.get(session, id);
  }

  /** Changes what a channel is told of, its language or its name. */
  @Patch('channels/:id')
  @AnswersWithTag(channelState)
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change a channel' })
  @ApiOkResponse({ type: ChannelResponse })
  change(
    @CurrentSession() session: Session,
    @ValidBody() body: ChangeChannelDto,
    @Id(channel) id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<ChannelResponse> {
    return this.channels.change(session, id, body, precondition);
  }

  /** Removes a channel, or the mail of an admin, with what waits for it. */
  @Delete('channels/:id')
  @ApiOperation({ summary: 'Remove a channel' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  remove(
    @CurrentSession() session: Session,
    @Id(channel) id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    return this.channels.remove(session, id, precondition);
  }

  /** Sends a message at once, once, and answers with what came of it: to a channel, or to your own mailbox. */
  @Post('channels/:id/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a test message' })
  @ApiOkResponse({ type: MessageResponse })
  test(
    @CurrentSession() session: Session,
    @Id(channel) id: string,
    @AskerLanguage() language: Language,
  ): Promise<MessageResponse> {
    return this.messages.test(session, id, language);
  }

  /** The latest messages and what became of each, the newest first. They are kept for 30 days. */
  @Get('deliveries')
  @ApiOperation({ summary: 'List messages' })
  @ApiOkResponse({ type: MessagePageResponse })
  list(
    @CurrentSession() session: Session,
    @ValidQuery() query: PageQuery,
    @AskerLanguage() language: Language,
  ): Promise<MessagePageResponse> {
    return this.messages.list(session.workspaceId, query, language);
  }
}
