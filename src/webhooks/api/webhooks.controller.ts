import { Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
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
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import {
  AttemptResponse,
  DeliveriesQuery,
  DeliveryPageResponse,
  DeliveryResponse,
} from './deliveries.dto.ts';
import { DeliveriesService } from './deliveries.service.ts';
import { webhookState } from './webhook-row.ts';
import {
  CreateWebhookDto,
  IssuedWebhookResponse,
  RotateWebhookDto,
  UpdateWebhookDto,
  WebhookPageResponse,
  WebhookResponse,
} from './webhooks.dto.ts';
import type { Caller } from '../../http/request/caller.ts';
import { CurrentCaller } from '../../operator-access/operator.guard.ts';
import { WebhooksService } from './webhooks.service.ts';

/** Where events are sent. Only the operator token reaches these: no product key may send them elsewhere. */
@OperatorEndpoint('webhooks', 'Webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: DeliveriesService,
  ) {}

  /** Lists the webhooks, the newest first, without their secrets. */
  @Get()
  @ApiOperation({ summary: 'List webhooks' })
  @ApiOkResponse({ type: WebhookPageResponse })
  list(@ValidQuery() query: PageQuery): Promise<WebhookPageResponse> {
    return this.webhooks.list(query);
  }

  /** Makes a webhook, which is sent what happens from now on. The secret is in this answer only. */
  @Post()
  @AnswersWithTag(webhookState)
  @ApiOperation({ summary: 'Make a webhook' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: IssuedWebhookResponse })
  create(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: CreateWebhookDto,
  ): Promise<IssuedWebhookResponse> {
    return this.webhooks.create(body, caller);
  }

  /** One webhook, without its secret. */
  @Get(':hook')
  @AnswersWithTag(webhookState)
  @ApiOperation({ summary: 'Show a webhook' })
  @ApiOkResponse({ type: WebhookResponse })
  get(@Id('webhook', 'hook') id: string): Promise<WebhookResponse> {
    return this.webhooks.get(id);
  }

  /** Changes where events are sent, and which; disables a webhook, or makes it active again. */
  @Patch(':hook')
  @AnswersWithTag(webhookState)
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change, disable or enable a webhook' })
  @ApiOkResponse({ type: WebhookResponse })
  update(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: UpdateWebhookDto,
    @Id('webhook', 'hook') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<WebhookResponse> {
    return this.webhooks.update(id, body, precondition, caller);
  }

  /** Deletes a webhook with its deliveries. */
  @Delete(':hook')
  @ApiOperation({ summary: 'Delete a webhook' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  remove(
    @CurrentCaller() caller: Caller,
    @Id('webhook', 'hook') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    return this.webhooks.remove(id, precondition, caller);
  }

  /** Gives a webhook a new secret, which is in this answer only; the former ones sign, too, for the overlap. */
  @Post(':hook/rotate')
  @AnswersWithTag(webhookState)
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Replace the secret of a webhook' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: IssuedWebhookResponse })
  rotate(
    @CurrentCaller() caller: Caller,
    @ValidBody({ optional: true }) body: RotateWebhookDto,
    @Id('webhook', 'hook') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<IssuedWebhookResponse> {
    return this.webhooks.rotate(id, body, precondition, caller);
  }

  /** Sends a signed event of type `webhook.test` at once, and answers with what came back. */
  @Post(':hook/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a test event' })
  @ApiOkResponse({ type: AttemptResponse })
  test(@Id('webhook', 'hook') id: string): Promise<AttemptResponse> {
    return this.webhooks.test(id);
  }

  /** What became of each event, the newest first. */
  @Get(':hook/deliveries')
  @ApiOperation({ summary: 'List the deliveries of a webhook' })
  @ApiOkResponse({ type: DeliveryPageResponse })
  listDeliveries(
    @ValidQuery() query: DeliveriesQuery,
    @Id('webhook', 'hook') id: string,
  ): Promise<DeliveryPageResponse> {
    return this.deliveries.list(id, query);
  }

  /** Sends an event again, also one that was delivered. */
  @Post(':hook/deliveries/:delivery/resend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send an event again' })
  @ApiOkResponse({ type: DeliveryResponse })
  resend(
    @Id('webhook', 'hook') hook: string,
    @Id('delivery', 'delivery') delivery: string,
  ): Promise<DeliveryResponse> {
    return this.deliveries.resend(hook, delivery);
  }
}
