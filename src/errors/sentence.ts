export const languages = ['en', 'de'] as const;

/** A language in which answers are worded. */
export type Language = (typeof languages)[number];

/** A sentence in every language; `{name}` stands for the parameter of that name. */
export type Sentence = Record<Language, string>;

/** The sentence with its parameters; one that is missing reads `–`. */
export function sentenceText(
  sentence: Sentence,
  language: Language,
  params: Readonly<Record<string, unknown>>,
): string {
  return sentence[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    return typeof value === 'string' ? value : (JSON.stringify(value ?? undefined) ?? '–');
  });
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
