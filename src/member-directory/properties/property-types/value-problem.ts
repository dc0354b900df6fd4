import { type Language, type Sentence, type Wording, wordingText } from '../../../errors/sentence.ts';
import type { ValueProblem } from './property-type.ts';
import { typeProblems } from './registry.ts';

/** What problems mean that belong to no single type. */
const commonProblems: Readonly<Record<string, Sentence>> = {
  required: {
    en: 'is required, and there is no value',
    de: 'ist ein Pflichtfeld, und es gibt keinen Wert',
  },
  'not-a-text': { en: 'must be a text', de: 'muss ein Text sein' },
  'not-storable': {
    en: 'holds a character that cannot be stored (NUL or half a surrogate pair)',
    de: 'enthält ein Zeichen, das sich nicht speichern lässt (NUL oder ein halbes Ersatzzeichenpaar)',
  },
  'too-long': {
    en: 'must be at most {lengthMaxChars} characters long',
    de: 'darf höchstens {lengthMaxChars} Zeichen lang sein',
  },
  'not-a-language': {
    en: 'must be a language such as en or de-DE',
    de: 'muss eine Sprache sein, etwa en oder de-DE',
  },
  'no-product-language': {
    en: 'must be one of the languages {languages}',
    de: 'muss eine der Sprachen {languages} sein',
  },
  'not-a-single-value': {
    en: 'must be a single value, not a list or an object',
    de: 'muss ein einzelner Wert sein, keine Liste und kein Objekt',
  },
  'not-a-date-of-format': {
    en: 'must be a day written as {format}',
    de: 'muss ein Tag sein, geschrieben als {format}',
  },
  'step-failed': {
    en: 'could not be read by the step {step}',
    de: 'ließ sich vom Schritt {step} nicht lesen',
  },
  'too-costly': {
    en: 'stays as it is: rule {rule} ({source}) would do more work than one person may cost',
    de: 'bleibt, wie es ist: Regel {rule} ({source}) würde mehr Arbeit machen, als eine Person kosten darf',
  },
  'role-rule-too-costly': {
    en: 'is neither given nor taken by role rule {rule} ({source}), which would do more work than one person may cost',
    de: 'wird von der Rollenregel {rule} ({source}) weder gegeben noch entzogen, weil sie mehr Arbeit machen würde, als eine Person kosten darf',
  },
  'too-long-in-bytes': {
    en: 'must be at most {lengthMaxBytes} bytes long',
    de: 'darf höchstens {lengthMaxBytes} Bytes lang sein',
  },
  'own-manager': {
    en: 'must be somebody else and is left out',
    de: 'muss jemand anderes sein und bleibt leer',
  },
  'more-values': {
    en: 'has more values that do not fit: {count}',
    de: 'hat weitere Werte, die nicht passen: {count}',
  },
  'too-many-options': {
    en: 'would be a new option, and the property has the most it can have: {optionsMax}',
    de: 'wäre eine neue Option, und die Eigenschaft hat schon so viele wie möglich: {optionsMax}',
  },
};

/** The codes of all problems that a value can have. */
export const problemCodes: readonly string[] = [...Object.keys(commonProblems), ...typeProblems.keys()];

/** A sentence about a problem in every language, without its subject: `must be a number, …`. */
export function problemWording({ code, params }: ValueProblem): Wording {
  const common = Object.hasOwn(commonProblems, code) ? commonProblems[code] : undefined;
  return { code, params, sentence: typeProblems.get(code) ?? common ?? { en: code, de: code } };
}

/** {@link problemWording} in one language. */
export function problemText(problem: ValueProblem, language: Language = 'en'): string {
  return wordingText(problemWording(problem), language);
}

/** {@link problemText} about many values at once, none of them named. */
export function problemTextOfMany({ code, params }: ValueProblem, language: Language): string {
  return problemText({ code, params: { ...params, value: '…' } }, language);
}
