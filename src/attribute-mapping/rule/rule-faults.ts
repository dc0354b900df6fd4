import { languages, type Sentence, type Wording } from '../../errors/sentence.ts';
import { kindName, type ValueKind } from '../../member-directory/properties/property-types/value-kind.ts';

/** What can be wrong with a rule, without its subject, which is the place: `rules[3].source`. */
const ruleFaults = {
  'no-email-rule': {
    en: 'must have a rule for the field email',
    de: 'müssen eine Regel für das Feld E-Mail enthalten',
  },
  'bad-source': {
    en: 'must be an attribute path, {"firstOf": [paths]}, {"constant": value}, {"inGroup": name} or {"groupNames": pattern}',
    de: 'muss ein Attributpfad, {"firstOf": [Pfade]}, {"constant": Wert}, {"inGroup": Name} oder {"groupNames": Muster} sein',
  },
  'unreadable-path': {
    en: 'is no attribute that a rule can read: {path}; it is written like userName, name.givenName or emails[type eq "work"].value',
    de: 'ist kein Attribut, das eine Regel lesen kann: {path}; geschrieben wird es wie userName, name.givenName oder emails[type eq "work"].value',
  },
  'no-source': {
    en: '{attribute} cannot be the source of a rule',
    de: '{attribute} kann nicht die Quelle einer Regel sein',
  },
  'several-parts': {
    en: '{attribute} has several parts; name one of them after a dot: {parts}',
    de: '{attribute} hat mehrere Teile; nennen Sie einen davon nach einem Punkt: {parts}',
  },
  'bad-group-name': {
    en: 'must be the name of a group, 1 to {lengthMaxChars} characters',
    de: 'muss der Name einer Gruppe mit 1 bis {lengthMaxChars} Zeichen sein',
  },
  'bad-path-count': {
    en: 'must be 1 to {pathsMax} attribute paths',
    de: 'müssen 1 bis {pathsMax} Attributpfade sein',
  },
  'bad-constant': {
    en: 'must be a number, true, false or a text of 1 to {lengthMaxChars} characters',
    de: 'muss eine Zahl, true, false oder ein Text mit 1 bis {lengthMaxChars} Zeichen sein',
  },
  'field-or-property': {
    en: 'must name a field or a property, and not both',
    de: 'muss ein Feld oder eine Eigenschaft nennen, nicht beides',
  },
  'no-rule-field': {
    en: 'is no field that a rule can fill: there are {fields}',
    de: 'ist kein Feld, das eine Regel füllen kann; es gibt {fields}',
  },
  'no-property': {
    en: 'is no property of this workspace: {property}',
    de: 'ist keine Eigenschaft dieses Arbeitsbereichs: {property}',
  },
  'filled-by-people': {
    en: 'is filled by people, and not by rules: {property}',
    de: 'wird von Menschen gefüllt, nicht von Regeln: {property}',
  },
  'filled-twice': {
    en: '{rule} fills {target} already; say "alternative": true to use this one after it',
    de: '{rule} füllt {target} schon; mit "alternative": true kommt diese Regel danach an die Reihe',
  },
  'alternative-to-nothing': {
    en: 'is an alternative, and no rule before it fills {target}',
    de: 'ist eine Alternative, und keine Regel davor füllt {target}',
  },
  'when-differs': {
    en: 'must be the same in all rules for {target}',
    de: 'muss in allen Regeln für {target} gleich sein',
  },
  'kind-does-not-fit': {
    en: 'gives {kindName}, which {target} cannot hold',
    de: 'ergibt {kindName}, und {target} kann das nicht aufnehmen',
  },
  'bad-unknown-option': {
    en: 'must be "report", "create", "empty" or {"table": {"value": option}}',
    de: 'muss "report", "create", "empty" oder {"table": {"Wert": Option}} sein',
  },
  'only-with-options': {
    en: 'is for properties with options',
    de: 'gibt es nur für Eigenschaften mit Optionen',
  },
  'table-too-large': {
    en: 'must have at most {entriesMax} entries',
    de: 'darf höchstens {entriesMax} Einträge haben',
  },
  'no-such-option': {
    en: 'leads to what is no option of {property}: {option}',
    de: 'führt zu etwas, das keine Option von {property} ist: {option}',
  },
  'no-transform': {
    en: 'is no transform: there are {transforms}',
    de: 'ist kein Umwandlungsschritt; es gibt {transforms}',
  },
  'texts-only': {
    en: '{transform} works on texts, and what comes before it gives {kindName}',
    de: '{transform} braucht Texte, und was davor steht, ergibt {kindName}',
  },
  'too-many-arguments': {
    en: '{transform} takes at most {argumentsMax} arguments',
    de: '{transform} nimmt höchstens {argumentsMax} Angaben',
  },
  'argument-missing': {
    en: '{transform} needs the argument {argument}',
    de: '{transform} braucht die Angabe {argument}',
  },
  'argument-no-text': {
    en: '{transform} argument {argument} must be a text of at most {lengthMaxChars} characters',
    de: '{transform}: die Angabe {argument} muss ein Text mit höchstens {lengthMaxChars} Zeichen sein',
  },
  'argument-no-full-text': {
    en: '{transform} argument {argument} must be a text of 1 to {lengthMaxChars} characters',
    de: '{transform}: die Angabe {argument} muss ein Text mit 1 bis {lengthMaxChars} Zeichen sein',
  },
  'argument-no-whole-number': {
    en: '{transform} argument {argument} must be a whole number',
    de: '{transform}: die Angabe {argument} muss eine ganze Zahl sein',
  },
  'argument-no-table': {
    en: '{transform} argument {argument} must be an object of texts, with at most {entriesMax} entries',
    de: '{transform}: die Angabe {argument} muss ein Objekt aus Texten mit höchstens {entriesMax} Einträgen sein',
  },
  'argument-no-languages': {
    en: '{transform} argument {argument} must be language tags such as en or de-CH, with commas between',
    de: '{transform}: die Angabe {argument} muss aus Sprachen wie en oder de-CH bestehen, mit Kommas dazwischen',
  },
  'bad-date-format': {
    en: '{transform} must name year, month and day once each, like DD.MM.YYYY or M/D/YYYY',
    de: '{transform} muss Jahr, Monat und Tag je einmal nennen, etwa DD.MM.YYYY oder M/D/YYYY',
  },
  'unreadable-pattern': {
    en: '{transform} has a pattern that cannot be read: {problem}',
    de: '{transform} hat ein Muster, das sich nicht lesen lässt: {problem}',
  },
  'pattern-too-large': {
    en: '{transform} has a pattern that is too large; use smaller counts in braces',
    de: '{transform} hat ein zu großes Muster; verwenden Sie kleinere Zahlen in geschweiften Klammern',
  },
  'no-pattern-group': {
    en: '{transform} has no group {group} in its pattern',
    de: '{transform} hat in seinem Muster keine Gruppe {group}',
  },
  'single-brace': {
    en: '{transform} has a brace without its counterpart',
    de: '{transform} hat eine geschweifte Klammer ohne Gegenstück',
  },
  'no-attribute-in-braces': {
    en: '{transform} names in braces what is no attribute: {path}',
    de: '{transform} nennt in geschweiften Klammern etwas, das kein Attribut ist: {path}',
  },
  'no-braces': {
    en: '{transform} names no attribute in braces',
    de: '{transform} nennt kein Attribut in geschweiften Klammern',
  },
} satisfies Record<string, Sentence>;

export type RuleFaultCode = keyof typeof ruleFaults;

/** The codes of everything that can be wrong with a rule. */
export const ruleFaultCodes = Object.keys(ruleFaults) as RuleFaultCode[];

/** What is wrong with a part of a rule, with what the sentence about it needs. */
export function ruleFault(code: RuleFaultCode, params: Record<string, unknown> = {}): Wording {
  return { code, params, sentence: ruleFaults[code] };
}

/** {@link ruleFault} with the reason that a parser gives in English alone; other languages do without it. */
export function parserFault(
  code: 'unreadable-path',
  detail: string,
  params: Record<string, unknown>,
): Wording {
  const { en, de } = ruleFaults[code];
  return { code, params: { ...params, detail }, sentence: { en: `${en} ({detail})`, de } };
}

/** {@link ruleFault} about a regular expression, with what is wrong with it in words. */
export function patternFault(pattern: string, problem: Sentence): Wording {
  const code = 'unreadable-pattern';
  const sentence = Object.fromEntries(
    languages.map((language) => [
      language,
      ruleFaults[code][language].replace('{problem}', problem[language]),
    ]),
  ) as Sentence;
  return { code, params: { pattern }, sentence };
}

/** {@link ruleFault} about a kind of values, which has another name in each language. */
export function kindFault(
  code: 'kind-does-not-fit' | 'texts-only',
  kind: ValueKind,
  params: Record<string, unknown>,
): Wording {
  const sentence = Object.fromEntries(
    languages.map((language) => [
      language,
      ruleFaults[code][language].replace('{kindName}', kindName(kind, language)),
    ]),
  ) as Sentence;
  return { code, params: { kind, ...params }, sentence };
}
