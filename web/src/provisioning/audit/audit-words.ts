import type { AuditEntry } from '../../api/shapes.ts';
import { hasText, type Translate } from '../../i18n.ts';

/** Who did it: an admin by address, a product key or an operator by name. */
export function actorName({ actor: { kind, email, name } }: AuditEntry, t: Translate): string {
  if (email !== null) return email;
  if (name !== null) return kind === 'operator' ? t('audit.actor.named', { name }) : name;
  return t(`audit.actor.${kind as 'system'}`);
}

/** What was done, as a sentence; an action that this page has no sentence for keeps its name. */
export function auditSentence({ action, target, details }: AuditEntry, t: Translate): string {
  const key = `audit.did.${action}`;
  if (!hasText(key)) return action;
  const {
    name,
    email,
    key: property,
    before,
    after,
    people,
    count,
    created,
    updated,
    version,
    groups,
    chosenPeople,
    redoes,
  } = details;
  return t(key, {
    name: textOf(name) ?? textOf(property) ?? textOf(email) ?? target ?? '',
    before: textOf(before) ?? '–',
    after: textOf(after) ?? '–',
    count: numberOf(people) || numberOf(groups) || numberOf(count),
    chosen: numberOf(chosenPeople),
    created: numberOf(created),
    updated: numberOf(updated),
    version: numberOf(version),
    act: redoes === true ? 'redo' : 'undo',
  });
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
