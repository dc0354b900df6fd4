import { newId } from '../../database/ids.ts';
import { attemptErrors } from '../sending/attempt-errors.ts';
import type { Attempt } from '../sending/receivers.ts';
import type { AttemptResponse } from './deliveries.dto.ts';

/** An event that only a test sends: in the form of all events, of no workspace, and of a type that nothing else has. */
export function testEvent(webhookId: string, now: Date) {
  return {
    id: `evt_test_${newId().replaceAll('-', '')}`,
    type: 'webhook.test',
    at: now.toISOString(),
    workspaceId: null,
    workspaceExternalId: null,
    sequence: 0,
    subject: { kind: 'webhook', id: webhookId, externalId: null, version: 0 },
    cause: { by: 'operator', runId: null, reason: null },
    changes: [],
    data: { webhookId },
  };
}

/** The outward shape of an attempt. */
export function toAttempt({ status, error, latencyMs, answer }: Attempt, at: Date): AttemptResponse {
  return {
    at: at.toISOString(),
    status,
    error: error === null ? null : { code: error, text: attemptErrors[error] },
    latencyMs,
    answer,
  };
}
