import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Event } from './event.ts';

/** How far the time of a delivery may be from now: older ones may be somebody's recording. */
const toleranceDefaultSeconds = 300;

/** A delivery, as it arrived. */
export interface WebhookDelivery {
  /** The endpoint's secret (`whsec_…`); while a rotation overlaps, both. */
  secret: string | readonly string[];
  /** The headers of the request: those of Node's `request.headers`, a `Headers`, or a plain object. */
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body byte by byte as it came. Parsed and written again, it has another signature. */
  body: string | Buffer;
  /** How far the time of the delivery may be from now; default 300 s. */
  toleranceSeconds?: number;
}

/** The delivery does not come from the service, or is too old. Answer 400 and ignore it. */
export class WebhookRefused extends Error {
  override name = 'WebhookRefused';
}

/**
 * Checks a delivery by the Standard Webhooks specification.
 *
 * @returns the event that it carries
 * @throws WebhookRefused when the signature is not that of the secret, the time is too far away, or the body is no event
 */
export function verifyWebhook({
  secret,
  headers,
  body,
  toleranceSeconds,
  ...rest
}: WebhookDelivery & { now?: Date }): Event {
  const id = headerOf(headers, 'webhook-id');
  const seconds = Number(headerOf(headers, 'webhook-timestamp'));
  const signatures = headerOf(headers, 'webhook-signature').split(' ');
  if (!Number.isInteger(seconds)) throw new WebhookRefused('webhook-timestamp is no number of seconds');
  const ageSeconds = Math.abs((rest.now ?? new Date()).getTime() / 1000 - seconds);
  if (ageSeconds > (toleranceSeconds ?? toleranceDefaultSeconds)) {
    throw new WebhookRefused(
      'webhook-timestamp is too far from now: a repetition of an old delivery, or a wrong clock',
    );
  }
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const at = new Date(seconds * 1000);
  const expected = secrets.map((each) => new Webhook(each).sign(id, at, body));
  const isSigned = expected.some((one) => signatures.some((other) => isSame(one, other)));
  if (!isSigned)
    throw new WebhookRefused('webhook-signature is not that of this body, id and time with this secret');
  return eventOf(body);
}

function headerOf(headers: WebhookDelivery['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : valueOf(headers, name);
  if (typeof value !== 'string' || value === '') throw new WebhookRefused(`${name} is missing`);
  return value;
}

function valueOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): unknown {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function eventOf(body: string | Buffer): Event {
  let event: unknown;
  try {
    event = JSON.parse(body.toString());
  } catch {
    throw new WebhookRefused('The body is not JSON');
  }
  if (typeof event !== 'object' || event === null || !('type' in event) || !('subject' in event)) {
    throw new WebhookRefused('The body is no event');
  }
  return event as Event;
}
