import type { Sentence } from '../../../errors/sentence.ts';
import type { ValueKind } from './value-kind.ts';

/** What a member can hold in a property; the type says which of these. */
export type PropertyValue = string | number | boolean | string[];

/** One choice of a select or multi-select property. Members store the key, so that a renaming touches no member. */
export interface PropertyOption {
  key: string;
  name: string;
}

/** Why a value does not fit: a stable code and what a sentence about it needs. */
export interface ValueProblem {
  code: string;
  params: Record<string, unknown>;
}

/** The value in the form in which it is stored, or the problem with it. */
export type ParsedValue<T = PropertyValue> = { value: T } | { problem: ValueProblem };

/** One type of property. A new type is a file with one more of these, named in the registry. */
export interface PropertyType {
  /** As the HTTP contract spells it. */
  name: string;
  /** What people call it. */
  title: Sentence;
  /** Whether the type chooses among the property's options. */
  hasOptions: boolean;
  /** Whether it holds several values. */
  multiValued: boolean;
  /** Whether the value is the id of a member. */
  isReference?: true;
  /** Whether several values can be written as one text, with commas between them. */
  joinsValues?: true;
  /** The kinds of values that can become values of this type; all when left out. */
  takes?: readonly ValueKind[];
  /** What the codes of its own problems mean, without a subject: `must be a number`. */
  problems?: Readonly<Record<string, Sentence>>;
  /**
   * Brings a raw value (JSON of a person, or text of an identity provider) into the stored form. Never throws, and
   * costs time linear in the size of `raw`. Null and empty values are the caller's business.
   */
  parse(raw: unknown, options: readonly PropertyOption[]): ParsedValue;
}

/** A problem that shows the beginning of the value that caused it. */
export function problem(
  code: string,
  raw: unknown,
  more: Record<string, unknown> = {},
): { problem: ValueProblem } {
  return { problem: { code, params: { value: excerpt(raw), ...more } } };
}

/** Longest piece of a faulty value that is repeated in a problem, in UTF-16 units. */
const excerptLengthMaxChars = 80;

/** It is stored with the problem, so what cannot be stored is replaced. */
function excerpt(raw: unknown): string {
  if (typeof raw === 'object' && raw !== null) return Array.isArray(raw) ? '[…]' : '{…}';
  const text = String(raw);
  const shown = text.slice(0, excerptLengthMaxChars).toWellFormed().replaceAll('\u0000', '\ufffd');
  return text.length <= excerptLengthMaxChars ? shown : `${shown}…`;
}

/** The text of a scalar, trimmed; null when it is no scalar. */
export function textOf(raw: unknown): string | null {
  if (typeof raw === 'string') return raw.trim();
  if (typeof raw === 'boolean' || (typeof raw === 'number' && Number.isFinite(raw))) return String(raw);
  return null;
}
