import type { Rule } from '../../api/shapes.ts';
import { keep, kept } from '../../kept.ts';

/** A property that was made because a suggestion was accepted. */
export interface MadeProperty {
  id: string;
  key: string;
  name: string;
}

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

/** Those that none of these rules fills. */
export function unfilled(made: readonly MadeProperty[], rules: readonly Rule[]): MadeProperty[] {
  const filled = new Set(rules.map(({ target }) => target.property));
  return made.filter(({ key }) => !filled.has(key));
}

/** Their names, for a sentence. */
export function namesOf(made: readonly MadeProperty[]): string {
  return made.map(({ name }) => `“${name}”`).join(', ');
}

function storageOf(workspaceId: string): string {
  return `${storageKey}.${workspaceId}`;
}

function isMade(value: unknown): value is MadeProperty {
  if (typeof value !== 'object' || value === null) return false;
  const { id, key, name } = value as Record<string, unknown>;
  return [id, key, name].every((each) => typeof each === 'string');
}
