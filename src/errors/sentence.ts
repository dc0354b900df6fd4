import { IntlMessageFormat } from 'intl-messageformat';

export const languages = ['en', 'de'] as const;

/** A language in which answers are worded. */
export type Language = (typeof languages)[number];

/**
 * A sentence in every language, as an ICU message: `{name}` stands for the parameter of that name, and
 * `{count, plural, one {# person} other {# people}}` chooses by a number. A brace before a quotation mark, as in
 * `{"field"}`, stands for itself.
 */
export type Sentence = Record<Language, string>;

/** A parsed message, and the names of its parameters. */
interface Message {
  format: IntlMessageFormat;
  names: readonly string[];
}

/** Parsed once each. The texts are constants of the program, so they are few. */
const messages: Record<Language, Map<string, Message>> = { en: new Map(), de: new Map() };

/** The sentence with its parameters; a missing one reads `–`. */
export function sentenceText(
  sentence: Sentence,
  language: Language,
  params: Readonly<Record<string, unknown>>,
): string {
  const { format, names } = messageOf(sentence[language], language);
  if (names.length === 0) return format.format() as string;
  return format.format(Object.fromEntries(names.map((name) => [name, wordOf(params, name)]))) as string;
}

/**
 * What is to be said, ready for every language.
 *
 * @property code names it for machines
 * @property params what the sentence needs
 */
export interface Wording {
  code: string;
  params: Record<string, unknown>;
  sentence: Sentence;
}

/** A wording in one language. */
export function wordingText({ sentence, params }: Wording, language: Language): string {
  return sentenceText(sentence, language, params);
}

function messageOf(text: string, language: Language): Message {
  let message = messages[language].get(text);
  if (message === undefined) {
    const quoted = text.replaceAll('{"', `'{'"`);
    const format = new IntlMessageFormat(quoted, language, undefined, { ignoreTag: true });
    message = { format, names: namesIn(format.getAst()) };
    messages[language].set(text, message);
  }
  return message;
}

type MessagePart = ReturnType<IntlMessageFormat['getAst']>[number];

/** The type of a part that is plain text; the parser, whose enum names it, is a dependency of the library alone. */
const literal: MessagePart['type'] = 0;

/** The names of the parameters, also of those within the forms of a plural. */
function namesIn(parts: readonly MessagePart[]): string[] {
  const names = parts.flatMap((part) => {
    const own = 'value' in part && part.type !== literal ? [part.value] : [];
    const forms = 'options' in part ? Object.values(part.options).flatMap(({ value }) => namesIn(value)) : [];
    return [...own, ...forms];
  });
  return [...new Set(names)];
}

/** Numbers stay numbers, by which a plural chooses. */
function wordOf(params: Readonly<Record<string, unknown>>, name: string): string | number {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value ?? undefined) ?? '–';
}
