import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.ts';
import { EventsModule } from '../events/events.module.ts';
import { WebhooksModule } from '../webhooks/webhooks.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { ChannelsService } from './api/channels.service.ts';
import { MessagesService } from './api/messages.service.ts';
import { NotificationsController } from './api/notifications.controller.ts';
import { NotificationsService } from './api/notifications.service.ts';
import { UnsubscribeController } from './api/unsubscribe.controller.ts';
import { UnsubscribeService } from './api/unsubscribe.service.ts';
import { NotificationMetrics } from './deliveries/notification-metrics.ts';
import { NotificationRetentionService } from './deliveries/notification-retention.service.ts';
import { NotificationSender } from './deliveries/notification-sender.service.ts';
import { NotificationLooks } from './looks/looks.service.ts';
import { AddressBox } from './sending/address-box.ts';
import { Mailer } from './sending/mailer.ts';
import { MessageSender } from './sending/message-sender.ts';
import { notificationCause } from './tables/notification-cause.table.ts';
import { notificationChannel } from './tables/notification-channel.table.ts';
import { notificationDelivery } from './tables/notification-delivery.table.ts';
import { notificationState } from './tables/notification-state.table.ts';
import { notification } from './tables/notification.table.ts';

/** Tells admins what they must know, by mail and in their chats: each cause once, in their language. */
@Module({
  imports: [
    AuditModule,
    EventsModule,
    WebhooksModule,
    WorkspacesModule,
    TypeOrmModule.forFeature([
      notification.entity,
      notificationCause.entity,
      notificationChannel.entity,
      notificationDelivery.entity,
      notificationState.entity,
    ]),
  ],
  controllers: [NotificationsController, UnsubscribeController],
  providers: [
    AddressBox,
    ChannelsService,
    Mailer,
    MessageSender,
    MessagesService,
    NotificationLooks,
    NotificationMetrics,
    NotificationRetentionService,
    NotificationSender,
    NotificationsService,
    UnsubscribeService,
  ],
})
export class NotificationsModule {}
