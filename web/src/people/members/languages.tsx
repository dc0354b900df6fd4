import { useTranslation } from '../../i18n.ts';

/** The languages that are offered; any other tag can be typed. */
const offered = [
  ...['ar', 'bg', 'cs', 'da', 'de', 'de-AT', 'de-CH', 'el', 'en', 'en-GB', 'en-US', 'es', 'et', 'fi', 'fr'],
  ...['fr-CA', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'nb', 'nl', 'pl', 'pt', 'pt-BR'],
  ...['ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'vi', 'zh-Hans', 'zh-Hant'],
];

/** What an input of a language offers, each by its name in the language of the page. */
export function Languages({ id }: { id: string }) {
  const { language } = useTranslation();
  const names = new Intl.DisplayNames([language], { type: 'language' });
  const options = offered.map((tag) => ({ tag, name: names.of(tag) ?? tag }));
  return (
    <datalist id={id}>
      {options
        .toSorted((left, right) => left.name.localeCompare(right.name, language))
        .map(({ tag, name }) => (
          <option key={tag} value={tag} label={name} />
        ))}
    </datalist>
  );
}
