import { keep, kept } from '../../kept.ts';
import type { MadeProperty } from './made-properties.ts';

const storageKey = 'user-provisioning.madeProperties';

/** The properties of this workspace that this browser made for suggestions and that no saved rule has filled since. */
export function madeProperties(workspaceId: string): readonly MadeProperty[] {
  try {
    const stored: unknown = JSON.parse(kept(storageOf(workspaceId)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isMade) : [];
  } catch {
    return [];
  }
}

/** Keeps note of them, also over a reload. */
export function keepMade(workspaceId: string, made: readonly MadeProperty[]): void {
  keep(storageOf(workspaceId), made.length === 0 ? null : JSON.stringify(made));
}

function storageOf(workspaceId: string): string {
  return `${storageKey}.${workspaceId}`;
}

function isMade(value: unknown): value is MadeProperty {
  if (typeof value !== 'object' || value === null) return false;
  const { id, key, name } = value as Record<string, unknown>;
  return [id, key, name].every((each) => typeof each === 'string');
}
