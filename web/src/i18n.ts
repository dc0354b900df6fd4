import { IntlMessageFormat } from 'intl-messageformat';
import { useCallback, useSyncExternalStore } from 'react';
import { setApiLanguage } from './api/client.ts';
import { type Language, languageKey, languageOf, preferredLanguage } from './early.ts';
import { keep } from './kept.ts';
import type { TextKey, TextValues, Translate } from './locales/text-key.ts';
import { productName } from './page-facts.ts';

export { type Language, languages } from './early.ts';
export type { TextKey, Translate };

type Messages = Partial<Record<TextKey, string>>;

/** What every screen needs, and what only those do that are loaded later: see {@link loadMoreTexts}. */
const load: Record<Language, { first: () => Promise<Messages>; more: () => Promise<Messages> }> = {
  en: {
    first: async () => (await import('./locales/first-en.ts')).firstEn,
    more: async () => (await import('./locales/more-en.ts')).moreEn,
  },
  de: {
    first: async () => (await import('./locales/first-de.ts')).firstDe,
    more: async () => (await import('./locales/more-de.ts')).moreDe,
  },
};

interface Texts {
  language: Language;
  messages: Messages;
  hasMore: boolean;
  /** Messages that were used, ready to be filled. */
  formats: Map<TextKey, IntlMessageFormat>;
}

let texts: Texts = { language: 'en', messages: {}, hasMore: false, formats: new Map() };
const listeners = new Set<() => void>();

/** Loads the texts. Nothing can be worded before. @param tag the language that who led here wants; it stays chosen */
export async function startTranslation(tag: string | null | undefined): Promise<void> {
  const wanted = languageOf(tag ?? '');
  if (wanted !== undefined) keep(languageKey, wanted);
  await use(preferredLanguage(), false);
}

/** Loads the texts of the screens that are loaded when they are first opened; before, they cannot be worded. */
export async function loadMoreTexts(): Promise<void> {
  if (!texts.hasMore) await use(texts.language, true);
}

/** Changes the language of the page and remembers it in this browser. */
export async function changeLanguage(language: Language): Promise<void> {
  keep(languageKey, language);
  await use(language, texts.hasMore);
}

export function currentLanguage(): Language {
  return texts.language;
}

/** Whether the screen has a text of this name. */
export function hasText(key: string): key is TextKey {
  return Object.hasOwn(texts.messages, key);
}

/** The texts in the language of the page. A component that uses them renders again when the language changes. */
export function useTranslation(): { t: Translate; language: Language } {
  const used = useSyncExternalStore(subscribe, () => texts);
  const t = useCallback<Translate>((key, values) => wordIn(used, key, values), [used]);
  return { t, language: used.language };
}

async function use(language: Language, hasMore: boolean): Promise<void> {
  const { first, more } = load[language];
  const [firstTexts, moreTexts] = await Promise.all([first(), hasMore ? more() : {}]);
  texts = { language, messages: { ...firstTexts, ...moreTexts }, hasMore, formats: new Map() };
  document.documentElement.lang = language;
  setApiLanguage(language);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function wordIn({ language, messages, formats }: Texts, key: TextKey, values?: TextValues): string {
  let format = formats.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(messages[key] ?? key, language, undefined, { ignoreTag: true });
    formats.set(key, format);
  }
  return String(format.format(fillable(values)));
}

/** A value that is missing or empty leaves its place empty, rather than taking the whole text away. */
function fillable(values: TextValues = {}): Record<string, string | number> {
  const plain: Record<string, string | number> = { product: productName };
  for (const [name, value] of Object.entries(values)) {
    plain[name] = typeof value === 'number' ? value : String((value as string | boolean | null) ?? '');
  }
  return plain;
}
