import { isUuid } from '../../../database/uuid.ts';
import { problem, type PropertyType, textOf } from './property-type.ts';

const single = { hasOptions: false, multiValued: false };

/** A JSON number, or the same in plain decimal text. A comma is refused: it means a thousand here and a tenth there. */
export const number: PropertyType = {
  ...single,
  name: 'number',
  title: { en: 'number', de: 'Zahl' },
  takes: ['any', 'text', 'number'],
  problems: {
    'not-a-number': {
      en: 'must be a number, with a point before the decimals',
      de: 'muss eine Zahl sein, mit einem Punkt vor den Nachkommastellen',
    },
  },
  parse(raw) {
    if (typeof raw === 'number' && Number.isFinite(raw)) return { value: raw };
    const text = typeof raw === 'string' ? raw.trim() : '';
    if (text.length > 30 || !/^[+-]?\d+(\.\d+)?$/u.test(text)) return problem('not-a-number', raw);
    return { value: Number(text) };
  },
};

/**
 * true or false, also as the text that Entra ID sends (`"True"`), and 1 or 0 as databases write it. Words are for the step
 * `boolean`.
 */
export const checkbox: PropertyType = {
  ...single,
  name: 'checkbox',
  title: { en: 'checkbox', de: 'Kontrollkästchen' },
  takes: ['any', 'text', 'number', 'boolean'],
  problems: {
    'not-a-checkbox': {
      en: 'must be true or false, or 1 or 0',
      de: 'muss wahr (true) oder falsch (false) sein, oder 1 oder 0',
    },
  },
  parse(raw) {
    const text = textOf(raw)?.toLowerCase();
    if (text === 'true' || text === '1') return { value: true };
    return text === 'false' || text === '0' ? { value: false } : problem('not-a-checkbox', raw);
  },
};

/**
 * A calendar day, `YYYY-MM-DD`. From a dateTime, the day is taken as written: a birthday must not move with a time
 * zone.
 */
export const date: PropertyType = {
  ...single,
  name: 'date',
  title: { en: 'date', de: 'Datum' },
  takes: ['any', 'text', 'date'],
  problems: {
    'not-a-date': { en: 'must be a day, YYYY-MM-DD', de: 'muss ein Tag sein, JJJJ-MM-TT' },
  },
  parse(raw) {
    const text = typeof raw === 'string' ? raw.trim() : '';
    if (text.length > 40 || !/^\d{4}-\d{2}-\d{2}($|[Tt ]\d{2}:\d{2})/u.test(text))
      return problem('not-a-date', raw);
    const day = text.slice(0, 10);
    return isCalendarDay(day) ? { value: day } : problem('not-a-date', raw);
  },
};

function isCalendarDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
}

/** The id of a member. The caller checks in the database that the member exists. */
export const user: PropertyType = {
  ...single,
  name: 'user',
  title: { en: 'person', de: 'Person' },
  isReference: true,
  takes: ['any', 'text'],
  problems: {
    'not-a-member-id': { en: 'must be the id of a member', de: 'muss die id eines Mitglieds sein' },
  },
  parse(raw) {
    const text = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
    return isUuid(text) ? { value: text } : problem('not-a-member-id', raw);
  },
};
