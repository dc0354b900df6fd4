import { jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { Language } from '../../errors/sentence.ts';
import type { SealedSecret } from '../../webhooks/signing/webhook-secrets.ts';
import type { CauseKind } from '../causes/cause.ts';
import type { ChannelKind } from '../sending/channel.ts';

/** Where messages go: an admin's mailbox, or an address of the workspace. */
export const notificationChannel = table(
  'notification_channel',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    kind: text<ChannelKind>(),
    name: text(),
    /** Of a mailbox, and folded: one for each person. */
    email: text().orNull(),
    emailKey: text().bytewise().orNull(),
    /** Of an address, to be shown. The address itself is a secret: who knows it can write there. */
    host: text().orNull(),
    sealedUrl: text().orNull(),
    /** What messages to any URL are signed with. */
    secrets: jsonb<SealedSecret[]>().default([]),
    causes: text<CauseKind>().array(),
    language: text<Language>(),
    createdBy: text(),
    createdAt: moment(),
  },
  {
    uniques: { notification_channel_person_key: ['workspaceId', 'emailKey'] },
    checks: {
      notification_channel_kind_check: `kind IN ('email', 'slack', 'teams', 'webhook')`,
      notification_channel_target_check: `CASE kind WHEN 'email' THEN email IS NOT NULL AND email_key IS NOT NULL ELSE sealed_url IS NOT NULL END`,
    },
  },
);
