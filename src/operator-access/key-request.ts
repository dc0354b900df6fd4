import { BadInputError, codedFault, type InputFault } from '../errors/domain-errors.ts';
import { readReference, type Reference } from '../http/endpoint/reference.ts';
import { type ProductScope, productScopes } from '../http/request/caller.ts';
import { pastFault } from '../http/validation/future-moment.ts';
import type { CreateProductKeyDto } from './product-keys.dto.ts';
import type { KnownWorkspaces } from './workspace-directory.ts';

/** What a new key is to be. */
export interface KeyRequest {
  name: string;
  scopes: ProductScope[];
  workspaceIds: string[] | null;
  expiresAt: Date | null;
}

/**
 * Reads what is asked for, each scope and workspace once.
 *
 * @throws BadInputError with every fault at its place: `scopes[1]`, `workspaceIds[0]`, `expiresAt`
 */
export async function readKeyRequest(
  { name, scopes, workspaceIds, expiresAt }: CreateProductKeyDto,
  directory: KnownWorkspaces,
  now: Date,
): Promise<KeyRequest> {
  const workspaces = await readWorkspaces(workspaceIds ?? null, directory);
  const past = pastFault('expiresAt', expiresAt, now);
  const faults = [...scopeFaults(scopes), ...workspaces.faults, ...(past === null ? [] : [past])];
  if (faults.length > 0) throw new BadInputError(faults);
  return {
    name,
    scopes: productScopes.filter((scope) => scopes.includes(scope)),
    workspaceIds: workspaces.ids,
    expiresAt: expiresAt == null ? null : new Date(expiresAt),
  };
}

function scopeFaults(given: readonly unknown[]): InputFault[] {
  if (given.length === 0) {
    return [codedFault('scopes', 'required', 'scopes must hold at least one scope')];
  }
  const known: readonly unknown[] = productScopes;
  return given.flatMap((scope, at) => {
    if (known.includes(scope)) return [];
    const message = `scopes[${at}] must be one of: ${productScopes.join(', ')}`;
    return [codedFault(`scopes[${at}]`, 'not-one-of', message, { values: [...productScopes] })];
  });
}

/**
 * Reads the workspaces that something is limited to, each once.
 *
 * @param given `workspaceIds` of a body; null: it is limited to none
 */
export async function readWorkspaces(
  given: readonly unknown[] | null,
  directory: KnownWorkspaces,
): Promise<{ ids: string[] | null; faults: InputFault[] }> {
  if (given === null) return { ids: null, faults: [] };
  if (given.length === 0) {
    const message = 'workspaceIds must name at least one workspace; leave it out for all of them';
    return { ids: null, faults: [codedFault('workspaceIds', 'required', message)] };
  }
  const read = given.map(readPlace);
  const references = read.filter((each) => 'kind' in each);
  const found = (await directory.idsOf(references)).values();
  const ids = new Set<string>();
  const faults = read.flatMap((each, at) => {
    if (!('kind' in each)) return each;
    const id = found.next().value ?? null;
    if (id === null) return [noWorkspace(at)];
    ids.add(id);
    return [];
  });
  return { ids: [...ids], faults };
}

function readPlace(text: unknown, at: number): Reference | InputFault[] {
  const path = `workspaceIds[${at}]`;
  if (typeof text !== 'string') return [codedFault(path, 'not-a-text', `${path} must be a text`)];
  try {
    return readReference(text, path) ?? [noWorkspace(at)];
  } catch (error) {
    if (error instanceof BadInputError) return [...error.errors];
    throw error;
  }
}

function noWorkspace(at: number): InputFault {
  const path = `workspaceIds[${at}]`;
  return codedFault(
    path,
    'no-workspace',
    `${path} is not a workspace: neither by id nor by "ext:" and your own id`,
  );
}
