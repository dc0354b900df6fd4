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

/** What is recorded of an action besides its sentence: settings that changed before and after, everything else by name. */
export function auditDetails({ details }: AuditEntry, t: Translate): AuditDetail[] {
  const { before, after, ...others } = details;
  return [
    ...changed(before, after, t),
    ...Object.entries(others).map(([name, value]) => ({ name: nameOf(name, t), value: textOf(value, t) })),
  ].filter(({ value }) => value !== '');
}

function changed(before: unknown, after: unknown, t: Translate): AuditDetail[] {
  const [old, next] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((path) => JSON.stringify(old.get(path)) !== JSON.stringify(next.get(path)))
    .map((path) => ({
      name: path === '' ? nameOf('after', t) : placeName(path, [], t) || path,
      value: `${textOf(old.get(path), t) || '–'} → ${textOf(next.get(path), t) || '–'}`,
    }));
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
  return hasText(key) ? t(key) : name;
}

function textOf(value: unknown, t: Translate): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => textOf(each, t)).join(', ');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (moment.test(value)) return formatTime(value);
  const key = `audit.value.${value}`;
  return hasText(key) ? t(key) : fieldName(value, [], t);
}
