import { BadInputError, codedFault, type InputFault } from '../../errors/domain-errors.ts';
import { type EventType, eventTypes } from '../../events/event.ts';
import { readWorkspaces } from '../../operator-access/key-request.ts';
import type { KnownWorkspaces } from '../../operator-access/workspace-directory.ts';
import { readWebhookUrl } from './webhook-url.ts';
import type { UpdateWebhookDto } from './webhooks.dto.ts';

/** What a webhook is to be; what is absent was not asked for. */
export interface WebhookRequest {
  url?: string;
  types?: EventType[] | null;
  workspaceIds?: string[] | null;
}

/**
 * Reads what is asked for, each type and workspace once.
 *
 * @throws BadInputError with every fault at its place: `url`, `types[1]`, `workspaceIds[0]`
 */
export async function readWebhookRequest(
  asked: Partial<UpdateWebhookDto>,
  directory: KnownWorkspaces,
  allowPrivate: boolean,
): Promise<WebhookRequest> {
  const faults: InputFault[] = [];
  const read: WebhookRequest = {};
  if (asked.url !== undefined) {
    const url = readUrl(asked.url, allowPrivate);
    if (typeof url === 'string') read.url = url;
    else faults.push(...url);
  }
  if (asked.types !== undefined) {
    faults.push(...typeFaults(asked.types));
    read.types = asked.types === null ? null : eventTypes.filter((type) => asked.types?.includes(type));
  }
  if (asked.workspaceIds !== undefined) {
    const workspaces = await readWorkspaces(asked.workspaceIds, directory);
    faults.push(...workspaces.faults);
    read.workspaceIds = workspaces.ids;
  }
  if (faults.length > 0) throw new BadInputError(faults);
  return read;
}

function readUrl(text: string, allowPrivate: boolean): string | readonly InputFault[] {
  try {
    return readWebhookUrl(text, allowPrivate);
  } catch (error) {
    if (error instanceof BadInputError) return error.errors;
    throw error;
  }
}

function typeFaults(given: readonly unknown[] | null): InputFault[] {
  if (given === null) return [];
  if (given.length === 0) {
    const message = 'types must name at least one type; leave it out for all of them';
    return [codedFault('types', 'required', message)];
  }
  const known: readonly unknown[] = eventTypes;
  return given.flatMap((type, at) => {
    if (known.includes(type)) return [];
    const message = `types[${at}] must be one of: ${eventTypes.join(', ')}`;
    return [codedFault(`types[${at}]`, 'not-one-of', message, { values: [...eventTypes] })];
  });
}
