import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { EventsModule } from '../events/events.module.ts';
import { OperatorAccessModule } from '../operator-access/operator-access.module.ts';
import { DeliveriesService } from './api/deliveries.service.ts';
import { WebhooksController } from './api/webhooks.controller.ts';
import { WebhooksService } from './api/webhooks.service.ts';
import { DeliveryMetrics } from './deliveries/delivery-metrics.ts';
import { DeliveryRetentionService } from './deliveries/delivery-retention.service.ts';
import { DeliverySender } from './deliveries/delivery-sender.service.ts';
import { FanOutService } from './deliveries/fan-out.service.ts';
import { Randomness } from './deliveries/randomness.ts';
import { WebhookSecrets } from './signing/webhook-secrets.ts';
import { webhookDelivery } from './tables/webhook-delivery.table.ts';
import { webhook } from './tables/webhook.table.ts';

/** Sends events to addresses of the vendor, signed, in order for each member. */
@Module({
  imports: [
    AuditModule,
    EventsModule,
    OperatorAccessModule,
    TypeOrmModule.forFeature([webhook.entity, webhookDelivery.entity]),
  ],
  controllers: [WebhooksController],
  providers: [
    DeliveriesService,
    DeliveryMetrics,
    DeliveryRetentionService,
    DeliverySender,
    FanOutService,
    Randomness,
    WebhookSecrets,
    WebhooksService,
  ],
  exports: [Randomness, WebhookSecrets],
})
export class WebhooksModule {}
