import type { AuditEntry } from '../../api/shapes.ts';
import { hasText, type Translate } from '../../i18n.ts';
import { fieldName } from '../../parts/text/field-name.ts';
import { formatNumber, formatTime } from '../../parts/text/format.ts';
import { placeName } from '../../parts/text/place-name.ts';

const moment = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** One fact about an action, in words. */
export interface AuditDetail {
  name: string;
  value: string;
}

/** Where the words of values stand that are names of the service. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  by: ['audit.by.'],
  kind: ['kind.', 'notifications.kind.'],
  causes: ['notifications.cause.'],
  language: ['language.'],
  role: ['audit.value.'],
  type: ['property.type.'],
};

/** The same of the values of settings, by their paths. */
const wordsOfSettings: Readonly<Record<string, readonly string[]>> = {
  'schedule.which': ['schedule.'],
  leavers: ['settings.leavers.'],
  returners: ['settings.leavers.'],
  onLeave: ['settings.onLeave.'],
  heldLeavers: ['settings.heldLeavers.'],
  'groups.which': ['choice.'],
  'seatOrder.by': ['seats.order.'],
  privilegedRoles: ['roles.whenPrivileged.'],
};

/** Settings that are ids of groups, which nobody knows: how many there are is told. */
const groupsByIds: ReadonlySet<string> = new Set(['groups.picked', 'seatOrder.groups']);

/** What programs that check the log need and nobody else, and what the sentence says already. */
const untold: ReadonlySet<string> = new Set(['records', 'namesRecords', 'redoes']);

/** What is recorded of an action besides its sentence: settings that changed before and after, everything else by name. */
export function auditDetails({ details }: AuditEntry, t: Translate): AuditDetail[] {
  const { before, after, matching, ...others } = details;
  const told = Object.entries({ ...others, ...(matching as object | undefined) });
  return [
    ...changed(before, after, t),
    // Who was meant by a search is told by its parts.
    ...told
      .filter(([name]) => !untold.has(name))
      .map(([name, value]) => ({ name: nameOf(name, t), value: valueOf(name, value, t) })),
  ].filter(({ value }) => value !== '');
}

/** A value in words. An attribute mapping that is restored from version 0 has the rules that come with the product again. */
function valueOf(name: string, value: unknown, t: Translate): string {
  if (name !== 'restoredFrom' || typeof value !== 'number') return textOf(value, t, wordsOf[name]);
  return value === 0 ? t('history.builtIn') : t('mapping.version', { version: value });
}

function changed(before: unknown, after: unknown, t: Translate): AuditDetail[] {
  const [old, next] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((path) => JSON.stringify(old.get(path)) !== JSON.stringify(next.get(path)))
    .map((path) => ({
      name: path === '' ? nameOf('after', t) : placeName(path, [], t) || path,
      value: [old, next].map((values) => settingText(path, values.get(path), t) || '–').join(' → '),
    }));
}

function settingText(path: string, value: unknown, t: Translate): string {
  return groupsByIds.has(path) && Array.isArray(value)
    ? t('choice.pickedCount', { count: value.length })
    : textOf(value, t, wordsOfSettings[path]);
}

/** The values of an object by their paths; of anything else, the value itself. */
function leavesOf(value: unknown, path = ''): Map<string, unknown> {
  if (value === undefined) return new Map();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map([[path, value]]);
  return new Map(
    Object.entries(value).flatMap(([name, each]) => [
      ...leavesOf(each, path === '' ? name : `${path}.${name}`),
    ]),
  );
}

function nameOf(name: string, t: Translate): string {
  const key = `audit.detail.${name}`;
  return hasText(key) ? t(key) : placeName(name, [], t) || name;
}

function textOf(value: unknown, t: Translate, words: readonly string[] = []): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => textOf(each, t, words)).join(', ');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  const key = words.map((prefix) => prefix + value).find(hasText);
  if (key !== undefined) return t(key);
  return moment.test(value) ? formatTime(value) : fieldName(value, [], t);
}
