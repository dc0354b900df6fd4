import { isUuid } from '../../database/uuid.ts';
import { problem, type PropertyType, textOf } from './property-type.ts';

const single = { hasOptions: false, multiValued: false };

/** A JSON number, or the same in plain decimal text. A comma is refused: it means a thousand here and a tenth there. */
export const number: PropertyType = {
  ...single,
  name: 'number',
  parse(raw) {
    if (typeof raw === 'number' && Number.isFinite(raw)) return { value: raw };
    const text = typeof raw === 'string' ? raw.trim() : '';
    if (text.length > 30 || !/^[+-]?\d+(\.\d+)?$/u.test(text)) return problem('not-a-number', raw);
    return { value: Number(text) };
  },
};

/** true or false, also as the text that Entra ID sends (`"True"`). */
export const checkbox: PropertyType = {
  ...single,
  name: 'checkbox',
  parse(raw) {
    const text = textOf(raw)?.toLowerCase();
    return text === 'true' || text === 'false' ? { value: text === 'true' } : problem('not-a-checkbox', raw);
  },
};

/** A calendar day, `YYYY-MM-DD`. Of a dateTime the day as written is taken: a birthday must not move with a time zone. */
export const date: PropertyType = {
  ...single,
  name: 'date',
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

/** The id of a member. That he exists is for the caller to see to, who can ask the database. */
export const user: PropertyType = {
  ...single,
  name: 'user',
  parse(raw) {
    const text = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
    return isUuid(text) ? { value: text } : problem('not-a-member-id', raw);
  },
};
