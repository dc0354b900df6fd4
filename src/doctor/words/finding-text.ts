import { type Language, sentenceText } from '../../errors/sentence.ts';
import type { Provider } from '../facts/provider.ts';
import type { Finding } from '../rules/diagnose.ts';
import type { FindingCode } from '../rules/rule.ts';
import { connectionWords } from './connection-words.ts';
import { identityWords } from './identity-words.ts';
import { otherWords } from './other-words.ts';
import { peopleWords } from './people-words.ts';
import type { FindingWords } from './words.ts';

/** The words for every finding. */
export const findingWords: Readonly<Record<FindingCode, FindingWords>> = {
  ...connectionWords,
  ...identityWords,
  ...peopleWords,
  ...otherWords,
};

/** A finding as an admin reads it. */
export interface WordedFinding {
  title: string;
  text: string;
  /** Whose words the steps use. */
  provider: Provider;
  steps: string[];
}

/** What a finding says and how it is fixed, in the language and for the identity provider of the reader. */
export function wordFinding(
  { code, params }: Pick<Finding, 'code' | 'params'>,
  provider: Provider | null,
  language: Language,
): WordedFinding {
  const { title, text, fix } = findingWords[code];
  const own = provider !== null && fix[provider] !== undefined ? provider : 'other';
  const steps = fix[own] ?? fix.other;
  return {
    title: sentenceText(title, language, params),
    text: sentenceText(text, language, params),
    provider: own,
    steps: steps.map((each) => sentenceText(each, language, params)),
  };
}
