import type { RE2JSSyntaxException } from 're2js';
import type { Sentence } from '../../errors/sentence.ts';

/** What the parser finds wrong, by its own description, as somebody reads it who wrote the pattern. */
const problems: Readonly<Record<string, Sentence>> = {
  'missing closing )': {
    en: 'a round bracket is not closed; write \\( for a bracket in the text',
    de: 'eine runde Klammer ist nicht geschlossen; schreiben Sie \\( für eine Klammer im Text',
  },
  'unexpected )': {
    en: 'a round bracket is closed that was not opened; write \\) for a bracket in the text',
    de: 'eine runde Klammer wird geschlossen, die nicht geöffnet wurde; schreiben Sie \\) für eine Klammer im Text',
  },
  'missing closing ]': {
    en: 'a square bracket is not closed; write \\[ for a bracket in the text',
    de: 'eine eckige Klammer ist nicht geschlossen; schreiben Sie \\[ für eine Klammer im Text',
  },
  'missing argument to repetition operator': {
    en: 'there is nothing before a *, + or ? that could be repeated; write a backslash before the sign itself',
    de: 'vor einem *, + oder ? steht nichts, was wiederholt werden könnte; für das Zeichen selbst schreiben Sie einen Backslash davor',
  },
  'invalid nested repetition operator': {
    en: 'two repetitions follow each other; put the first one in round brackets',
    de: 'zwei Wiederholungen folgen aufeinander; setzen Sie die erste in runde Klammern',
  },
  'invalid repeat count': {
    en: 'a count in braces is too large, or its second number is smaller than its first',
    de: 'eine Anzahl in geschweiften Klammern ist zu groß, oder ihre zweite Zahl ist kleiner als die erste',
  },
  'invalid escape sequence': {
    en: 'a backslash stands before a character that has no meaning with it; back references such as \\1 cannot be used',
    de: 'ein Backslash steht vor einem Zeichen, das damit keine Bedeutung hat; Rückverweise wie \\1 sind nicht möglich',
  },
  'trailing backslash at end of expression': {
    en: 'it ends with a backslash; write two for a backslash in the text',
    de: 'es endet mit einem Backslash; schreiben Sie zwei für einen Backslash im Text',
  },
  'invalid character class range': {
    en: 'a range in square brackets runs backwards, or names no known kind of characters',
    de: 'ein Bereich in eckigen Klammern läuft rückwärts oder nennt keine bekannte Art von Zeichen',
  },
  'invalid or unsupported Perl syntax': {
    en: 'what follows (? is not known; look-around cannot be used',
    de: 'was auf (? folgt, ist nicht bekannt; Lookahead und Lookbehind sind nicht möglich',
  },
  'duplicate capture group name': {
    en: 'two groups have the same name',
    de: 'zwei Gruppen haben denselben Namen',
  },
};

const anyProblem: Sentence = {
  en: 'check brackets and repetitions, and use no back references',
  de: 'prüfen Sie Klammern und Wiederholungen, und verwenden Sie keine Rückverweise',
};

/** What is wrong with a pattern that the parser refused. */
export function patternProblem(error: RE2JSSyntaxException): Sentence {
  return problems[error.getDescription()] ?? anyProblem;
}
