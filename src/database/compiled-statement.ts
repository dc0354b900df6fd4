import { LRUCache } from 'lru-cache';
import { prepared } from './prepared-statements.ts';
import { Parameter, Sql, type SqlValue } from './sql.ts';

/** A statement as the driver takes it. */
export interface CompiledStatement {
  text: string;
  values: Exclude<SqlValue, Parameter | Sql>[];
}

/**
 * What statements of one form share: their text. A form is the sequence of call sites and values in a statement, so
 * that a statement is put together once and its text stays the same object, which keeps the look-up of its plan short.
 */
interface Form {
  text: string | null;
  readonly next: Map<unknown, Form>;
  /** Forms that go on with a varied part, by its text: the last ones only. */
  varied: LRUCache<object | string, Form> | null;
  /** Whether it has a varied part already. With a second one, a statement is put together each time. */
  readonly isVaried: boolean;
}

/** Forms that are remembered; later ones are put together each time. */
const formsMax = 20_000;

/** Varied parts that are remembered in one place of a statement. */
const variedFormsMax = 100;

const firstForm: Form = { text: null, next: new Map(), varied: null, isVaried: false };
let formsCount = 0;

/** Stands in a form for a value that was not there before. */
const freshValue = Symbol('value');

/** The text and the values of a statement. */
export function compile(statement: Sql): CompiledStatement {
  const values: CompiledStatement['values'] = [];
  const places = new Map<Parameter, number>();
  let form: Form | null = firstForm;
  const step = (key: unknown): void => {
    form &&= nextForm(form, key);
  };
  const visit = ({ key, values: given, isVaried }: Sql): void => {
    if (isVaried) form &&= variedForm(form, key);
    else step(key);
    for (const value of given) {
      if (value instanceof Sql) visit(value);
      else if (value instanceof Parameter) {
        const place = places.get(value);
        step(place ?? freshValue);
        if (place === undefined) places.set(value, values.push(value.value));
      } else {
        step(freshValue);
        values.push(value);
      }
    }
  };
  visit(statement);
  const known = form as Form | null;
  const text = known?.text ?? textOf(statement);
  if (known !== null) known.text = text;
  if (statement.keepsPlan) prepared(text);
  return { text, values };
}

function nextForm(form: Form, key: unknown): Form | null {
  const known = form.next.get(key);
  if (known !== undefined) return known;
  if (!form.isVaried) {
    if (formsCount >= formsMax) return null;
    formsCount += 1;
  }
  const next: Form = { text: null, next: new Map(), varied: null, isVaried: form.isVaried };
  form.next.set(key, next);
  return next;
}

function variedForm(form: Form, key: object | string): Form | null {
  if (form.isVaried) return null;
  form.varied ??= new LRUCache({ max: variedFormsMax });
  const known = form.varied.get(key);
  if (known !== undefined) return known;
  const next: Form = { text: null, next: new Map(), varied: null, isVaried: true };
  form.varied.set(key, next);
  return next;
}

function textOf(statement: Sql): string {
  const places = new Map<Parameter, number>();
  let count = 0;
  return textWith(statement, (value) => {
    if (!(value instanceof Parameter)) return `$${(count += 1)}`;
    const place = places.get(value) ?? (count += 1);
    places.set(value, place);
    return `$${place}`;
  });
}

/** The text of a statement, with what stands for each value. */
export function textWith(statement: Sql, standsFor: (value: Exclude<SqlValue, Sql>) => string): string {
  const write = ({ texts, values }: Sql): string => {
    let text = texts[0] ?? '';
    for (const [at, value] of values.entries()) {
      text += value instanceof Sql ? write(value) : standsFor(value);
      text += texts[at + 1] ?? '';
    }
    return text;
  };
  return write(statement);
}
