import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { setApiLanguage } from './api/client.ts';
import { productName } from './page-facts.ts';
import type { en } from './locales/en.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'user-provisioning.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'page';
    keySeparator: false;
    nsSeparator: false;
    resources: { page: typeof en };
  }
}

const load: Record<Language, () => Promise<Record<string, string>>> = {
  en: async () => (await import('./locales/en.ts')).en,
  de: async () => (await import('./locales/de.ts')).de,
};

/** The language that was chosen here before, else the browser's. */
function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(storageKey) ?? '', ...navigator.languages];
  const known = wanted.map((tag) => languages.find((language) => tag.toLowerCase().startsWith(language)));
  return known.find((language) => language !== undefined) ?? 'en';
}

/** Loads the texts and makes them available to every component. */
export async function startTranslation(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ['page'],
    defaultNS: 'page',
    keySeparator: false,
    nsSeparator: false,
    resources: { [language]: { page: await load[language]() } },
    // Every sentence may name the product.
    interpolation: { escapeValue: false, defaultVariables: { product: productName } },
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  apply(language);
}

/** Changes the language of the page and remembers it in this browser. */
export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  i18next.addResourceBundle(language, 'page', await load[language]());
  apply(language);
  await i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === 'de' ? 'de' : 'en';
}

function apply(language: Language): void {
  document.documentElement.lang = language;
  setApiLanguage(language);
}
