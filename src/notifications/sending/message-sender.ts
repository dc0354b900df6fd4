import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../config/config.ts';
import { Clock } from '../../database/clock.ts';
import type { Language } from '../../errors/sentence.ts';
import { inSpan } from '../../tracing/spans.ts';
import { Receivers } from '../../webhooks/sending/receivers.ts';
import { type SealedSecret, WebhookSecrets } from '../../webhooks/signing/webhook-secrets.ts';
import { type RawMessage, wordMessage } from '../wording/message.ts';
import { AddressBox } from './address-box.ts';
import type { ChannelKind } from './channel.ts';
import { type PostedKind, postedBody } from './chat-bodies.ts';
import { composeMail } from './mail.ts';
import { Mailer } from './mailer.ts';
import type { Sent } from './send-errors.ts';
import { UnsubscribeTokens } from './unsubscribe-token.ts';

/** Where a message goes, with what is needed to send it there. */
export interface Target {
  channelId: string;
  kind: ChannelKind;
  email: string | null;
  sealedUrl: string | null;
  secrets: SealedSecret[];
  language: Language;
}

/** Words a message for a channel and sends it there, once. */
@Injectable()
export class MessageSender implements OnApplicationShutdown {
  private readonly receivers: Receivers;
  private readonly unsubscribing: UnsubscribeTokens;

  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly mailer: Mailer,
    private readonly addresses: AddressBox,
    private readonly secrets: WebhookSecrets,
  ) {
    this.receivers = new Receivers(config.channelAllowPrivate);
    this.unsubscribing = new UnsubscribeTokens(config.secretsKeys);
  }

  onApplicationShutdown(): void {
    this.receivers.end();
  }

  /**
   * Sends a message. Never rejects for what is at the other end.
   *
   * @param deliveryId the same in every attempt
   * @param signal ends the attempt
   * @throws the reason of the signal
   */
  async send(raw: RawMessage, target: Target, deliveryId: string, signal?: AbortSignal): Promise<Sent> {
    const { publicUrl, productName: product } = this.config;
    const attributes = {
      'provisioning.workspace.id': raw.workspace.id,
      'provisioning.channel.kind': target.kind,
    };
    const worded = wordMessage(raw, target.language, { publicUrl, product });
    return inSpan({ name: `send ${target.kind}`, kind: 'client', attributes }, async (span) => {
      const sent = await this.sendWorded(raw, worded, target, deliveryId, signal);
      if (sent.error !== null) span?.add({ 'error.type': sent.error });
      return sent;
    });
  }

  private sendWorded(
    raw: RawMessage,
    worded: ReturnType<typeof wordMessage>,
    target: Target,
    deliveryId: string,
    signal?: AbortSignal,
  ): Promise<Sent> {
    if (target.kind === 'email') return this.mail(raw, worded, target, deliveryId, signal);
    const id = `ntf_${deliveryId.replaceAll('-', '')}`;
    const body = postedBody(target.kind, raw, worded, { id, language: target.language });
    return this.post({ ...target, kind: target.kind }, id, body, signal);
  }

  private mail(
    raw: RawMessage,
    worded: ReturnType<typeof wordMessage>,
    { channelId, email, language }: Target,
    deliveryId: string,
    signal?: AbortSignal,
  ): Promise<Sent> {
    const { mail, productName: product, publicUrl } = this.config;
    if (mail === null || email === null) return Promise.resolve(unsent('mail-off'));
    const unsubscribeUrl = `${publicUrl}/settings/unsubscribe/${this.unsubscribing.sign({ workspaceId: raw.workspace.id, channelId })}`;
    const parts = { raw, worded, deliveryId, to: email, from: mail.from, product, language, unsubscribeUrl };
    return this.mailer.send(composeMail(parts), signal);
  }

  /** What the address answers is not kept: an admin who enters one must not read by it what they cannot reach themselves. */
  private async post(
    { channelId, kind, sealedUrl, secrets }: Target & { kind: PostedKind },
    id: string,
    body: string,
    signal?: AbortSignal,
  ): Promise<Sent> {
    const now = this.clock.now();
    const url = this.addresses.open(sealedUrl ?? '', channelId);
    const signed = kind === 'webhook' ? this.secrets.sign(channelId, secrets, id, body, now) : {};
    if (url === null || signed === null) return unsent('secret-unreadable');
    const headers = { 'content-type': 'application/json', 'user-agent': userAgent, ...signed };
    const { status, error, retryAfterMs } = await this.receivers.post(url, headers, body, now, signal);
    return { status, error, answer: null, retryAfterMs };
  }
}

const userAgent = 'UserProvisioning-Notifications/1.0';

function unsent(error: Sent['error']): Sent {
  return { status: null, error, answer: null, retryAfterMs: null };
}
