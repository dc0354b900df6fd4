import type { TextKey, TextValues, Translate } from '../../locales/text-key.ts';

/** What the screen says, before it is worded: which text, and what fills its places. */
export interface Sentence {
  text: TextKey;
  values?: TextValues;
}

/** A sentence to be worded. */
export function say(text: TextKey, values?: TextValues): Sentence {
  return values === undefined ? { text } : { text, values };
}

/** The sentences in words, one after the other. */
export function inWords(sentences: Sentence | readonly Sentence[], t: Translate): string {
  const all = 'text' in sentences ? [sentences] : sentences;
  return all.map(({ text, values }) => t(text, values)).join(' ');
}
