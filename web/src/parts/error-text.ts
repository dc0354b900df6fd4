import i18next, { type TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ApiError, type Fault, faultsOf } from '../api/api-error.ts';
import { propertiesQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import type { problemsEn } from '../locales/problems-en.ts';
import { fieldName } from './field-name.ts';

/** Faults that do not go on from the name of a field. */
const wholeSentences: ReadonlySet<string | undefined> = new Set(['nothing-held']);

type Wording = keyof typeof problemsEn;
type Translate = TFunction<'page'>;

/**
 * An error in words: what happened and, where it is not plain, what to do. What the service gives a name is worded
 * here, in the language of the page; anything else in the service's own words.
 */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiError)) return t('error.unknown');
    if (error.status === 0) return t('error.offline');
    if (error.status === 401) return t('error.signedOut');
    const named = wordingOf(`problem.${error.type}`);
    const text = named ? t(named, { replace: paramsOf(error, t) }) : error.message;
    if (error.status >= 500) return named ? text : t('error.service', { detail: text });
    const faults = faultsOf(error).map((fault) => {
      const place = nameOf(fault.path, t);
      return place && !wholeSentences.has(fault.code)
        ? `${place}: ${faultText(fault, t)}`
        : faultText(fault, t);
    });
    return [text, ...faults].filter(Boolean).join(' ');
  };
}

/** What is wrong with the field of a path, where the answer refused it. */
export function useRefusal(error: unknown): (path: string) => string | undefined {
  const { t } = useTranslation();
  return (path) => {
    const fault = faultsOf(error).find((each) => each.path === path || each.path.startsWith(`${path}[`));
    return fault && faultText(fault, t);
  };
}

/** What a fault says of its field, without naming it. */
export function faultText({ code, params, message }: Fault, t: Translate): string {
  const named = wordingOf(`fault.${code}`);
  return named ? t(named, { replace: params }) : message;
}

function wordingOf(key: string): Wording | undefined {
  return i18next.exists(key) ? (key as Wording) : undefined;
}

function paramsOf({ problem: { fields, options, rules } }: ApiError, t: Translate): Record<string, string> {
  return {
    fields: (fields ?? []).map((field) => nameOf(field, t)).join(', '),
    options: (options ?? []).map(({ key, members }) => `${key} (${members})`).join(', '),
    rules: (rules ?? []).join('; '),
  };
}

/** Member fields by the name that the admin knows; places in lists and files as they are. */
function nameOf(path: string, t: Translate): string {
  return fieldName(path, queryClient.getQueryData(propertiesQuery.queryKey)?.items ?? [], t);
}
