import { LRUCache } from 'lru-cache';
import type { Wording } from '../../errors/sentence.ts';
import { problem } from '../../member-directory/properties/property-types/property-type.ts';
import { parseLanguage, parseLanguageList, parseLanguageRanges } from '../../scim-core/language-tag.ts';
import { ruleFault } from '../rule/rule-faults.ts';
import type { Scalar, Step } from './transform.ts';
import { textArgument } from './transform-arguments.ts';
import type { Work } from '../rule/work.ts';

/** Texts whose match a step remembers: companies have few languages and many people. */
const rememberedMax = 1_000;
const rememberedLengthMaxChars = 100;

/** What comparing one language with another costs, in units of work; the same whether it is remembered or not. */
const unitsPerComparison = 200;

/** The transform `matchLanguage`: its argument is a list of languages instead of those of the product. */
export function bindMatchLanguage(
  args: readonly unknown[],
  productLanguages: readonly string[],
): Step | { fault: Wording } {
  const list = textArgument(args, 0);
  const languages = list.trim() === '' ? productLanguages : parseLanguageList(list);
  if (languages === null) {
    return { fault: ruleFault('argument-no-languages', { argument: 'languages' }) };
  }
  const remembered = new LRUCache<string, { language: string | null }>({ max: rememberedMax });
  const match = (text: string, work: Work): string | null => {
    const asked = text.split(',').length;
    work.spend(asked * (languages.length + 1) * unitsPerComparison);
    const known = remembered.get(text);
    if (known !== undefined) return known.language;
    const language = languages.length === 0 ? parseLanguage(text) : matchLanguage(text, languages);
    if (text.length <= rememberedLengthMaxChars) remembered.set(text, { language });
    return language;
  };
  return (values, _resource, work) => {
    const matched: Scalar[] = [];
    for (const value of values) {
      const language = match(String(value), work);
      if (language === null) {
        return parseLanguage(String(value)) === null
          ? problem('not-a-language', value)
          : problem('no-product-language', value, { languages: languages.join(', ') });
      }
      matched.push(language);
    }
    return matched;
  };
}

/**
 * The language of a list that fits best what a text asks for: RFC 4647 §3.4 looks `de-CH` up as `de-CH`, then as `de`.
 * Where that finds none, another language of the list will do that has the same name and script: `pt-BR` for `pt`,
 * `zh-Hant` for `zh-TW`.
 *
 * @param text a language, or several with weights as in `Accept-Language`; a weight of 0 refuses
 * @param languages language tags, the preferred first, in canonical form
 * @returns the tag as the list has it, or null
 */
export function matchLanguage(text: string, languages: readonly string[]): string | null {
  const { wanted, refused } = parseLanguageRanges(text);
  const allowed =
    refused.length === 0 ? languages : languages.filter((each) => !isRefused(each, wanted, refused));
  for (const range of wanted) {
    const language = lookUp(range, allowed) ?? relativeOf(range, allowed);
    if (language !== undefined) return language;
  }
  return null;
}

/** `de;q=0` refuses `de` and `de-AT`, but not where `de-AT` is wanted by its own name: the longer range counts. */
function isRefused(language: string, wanted: readonly string[], refused: readonly string[]): boolean {
  const longest = (ranges: readonly string[]) =>
    Math.max(
      0,
      ...ranges.filter((range) => `${language}-`.startsWith(`${range}-`)).map(({ length }) => length),
    );
  return longest(refused) > longest(wanted);
}

function lookUp(range: string, languages: readonly string[]): string | undefined {
  const subtags = range.split('-');
  while (subtags.length > 0) {
    const language = languages.find((candidate) => candidate === subtags.join('-'));
    if (language !== undefined) return language;
    subtags.pop();
    // A single letter only introduces what follows it.
    if (subtags.at(-1)?.length === 1) subtags.pop();
  }
  return undefined;
}

function relativeOf(range: string, languages: readonly string[]): string | undefined {
  const wanted = new Intl.Locale(range).maximize();
  return languages.find((candidate) => {
    const { language, script } = new Intl.Locale(candidate).maximize();
    return language === wanted.language && script === wanted.script;
  });
}
