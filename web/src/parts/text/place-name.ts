import type { Property } from '../../api/shapes.ts';
import type { Translate } from '../../locales/text-key.ts';
import type { en } from '../../locales/en.ts';
import { fieldName } from './field-name.ts';

/** What the screen calls the parts of a request. */
const labels: Readonly<Record<string, keyof typeof en>> = {
  name: 'properties.name',
  key: 'place.key',
  type: 'properties.type',
  options: 'properties.options',
  required: 'properties.required',
  filledBy: 'properties.filledBy',
  properties: 'nav.properties',
  managerEmail: 'place.managerEmail',
  expiresAt: 'token.expires',
  overlapHours: 'token.overlap',
  dailySyncAt: 'settings.dailySyncAt',
  'schedule.which': 'schedule.which',
  'schedule.times': 'schedule.times.label',
  'schedule.everyHours': 'schedule.everyHours',
  timeZone: 'settings.timeZone',
  leavers: 'settings.leaversWhen',
  returners: 'settings.returnersWhen',
  onLeave: 'settings.onLeave',
  heldLeavers: 'settings.heldLeavers',
  graceDays: 'settings.graceDays',
  linkByEmail: 'settings.linkByEmail',
  absentActiveIsInactive: 'settings.absentActive',
  'removalGuard.percent': 'settings.guardPercent',
  'removalGuard.atLeast': 'settings.guardAtLeast',
  'groups.which': 'choice.title',
  'groups.pattern': 'choice.pattern',
  'groups.picked': 'choice.picked',
  'seatOrder.by': 'seats.order',
  'seatOrder.groups': 'seats.groups',
  privilegedRoles: 'roles.whenPrivileged',
  provider: 'sandbox.provider',
  people: 'sandbox.people',
  search: 'place.search',
  rules: 'mapping.rules',
  source: 'mapping.source',
  target: 'mapping.target',
  when: 'place.when',
  alternative: 'mapping.alternative',
  unknownOption: 'place.unknownOption',
  url: 'notifications.url',
};

/**
 * The place of a fault in the words of the screen: `Rule 3, Step 1`, `Line 7, E-mail`; a path that the screen has no
 * words for as it is.
 */
export function placeName(path: string, properties: readonly Property[], t: Translate): string {
  const line = placeInFile(path);
  if (line) {
    const [, column] = /^column (\d+)$/.exec(line.column) ?? [];
    const within = column ? t('place.column', { number: column }) : fieldOf(line.column, properties, t);
    return [t('place.line', { number: line.line }), within].filter(Boolean).join(', ');
  }
  const [, rule, part = ''] = /^rules\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  if (rule === undefined) return fieldOf(path, properties, t);
  return [t('place.rule', { number: Number(rule) + 1 }), partOfRule(part, t)].filter(Boolean).join(', ');
}

/** Where in a file a fault is, when its path tells of a line. */
export function placeInFile(path: string): { line: number; column: string } | null {
  const [, line, column = ''] = /^line (\d+)(?:, (.*))?$/.exec(path) ?? [];
  return line === undefined ? null : { line: Number(line), column };
}

function partOfRule(part: string, t: Translate): string {
  const [, step] = /^transforms\[(\d+)\]/.exec(part) ?? [];
  if (step !== undefined) return t('place.transform', { number: Number(step) + 1 });
  return labelOf(part.split(/[.[]/)[0] ?? '', t);
}

function fieldOf(path: string, properties: readonly Property[], t: Translate): string {
  const [, option] = /^options\[(\d+)\]/.exec(path) ?? [];
  if (option !== undefined) return t('place.option', { number: Number(option) + 1 });
  return labelOf(fieldName(path.replace(/\[\d+\]$/, ''), properties, t), t);
}

function labelOf(name: string, t: Translate): string {
  const label = Object.hasOwn(labels, name) ? labels[name] : undefined;
  return label ? t(label) : name;
}
