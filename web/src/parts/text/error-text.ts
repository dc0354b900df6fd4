import { ApiError, type Fault, faultsOf } from '../../api/api-error.ts';
import { propertiesQuery } from '../../api/queries/members.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Property } from '../../api/shapes.ts';
import { hasText, type TextKey, type Translate, useTranslation } from '../../i18n.ts';
import { fieldName } from './field-name.ts';
import { formatDay } from './format.ts';
import { placeName } from './place-name.ts';

/** Faults that do not go on from the name of a field. */
const isWholeSentence = (code: string | undefined) =>
  code === 'nothing-held' || code === 'nothing-suppressed' || code?.startsWith('database-');

const bytesPerMegabyte = 1024 * 1024;

/** What happened and, where it is not plain, what to do; and what in particular is wrong, each with its place. */
interface ErrorWords {
  text: string;
  faults: string[];
}

/**
 * An error in words. What the service gives a name is worded here, in the language of the page; anything else in the
 * service's own words.
 *
 * @param saidBeside the fields that say themselves what is wrong with them
 */
export function useErrorWords(saidBeside: readonly string[] = []): (error: unknown) => ErrorWords {
  const { t } = useTranslation();
  return (error) => {
    const faults = faultsOf(error).filter(({ path }) => !saidBeside.some((field) => isOf(path, field)));
    return {
      text: errorText(error, t),
      // Of one place the first says it: what is no number is not too small besides.
      faults: faults
        .filter(({ path }, at) => faults.findIndex((each) => each.path === path) === at)
        .map((fault) => placedFault(fault, t)),
    };
  };
}

/** Whether a fault is about this field, or an element of its list. */
function isOf(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}[`);
}

function errorText(error: unknown, t: Translate): string {
  if (!(error instanceof ApiError)) return t('error.unknown');
  if (error.status === 0) return t('error.offline');
  if (error.status === 401) return t('error.signedOut');
  const named = wordingOf(`problem.${error.type}`);
  const text = named ? t(named, paramsOf(error, t)) : error.message;
  if (error.status >= 500) return named ? text : t('error.service', { detail: text });
  // Where no fault says what does not fit, the service does.
  const isVague = error.type === 'bad-input' && faultsOf(error).length === 0;
  return isVague ? `${text} ${error.message}` : text;
}

/** What is wrong, and where. */
export function placedFault(fault: Fault, t: Translate): string {
  const text = faultText(fault, t);
  if (isWholeSentence(fault.code)) return text;
  return `${placeName(fault.path, knownProperties(), t) || t('place.whole')}: ${text}`;
}

/** What is wrong with the field of a path, where the answer refused it. */
export function useRefusal(error: unknown): (path: string) => string | undefined {
  const { t } = useTranslation();
  return (path) => {
    const fault = faultsOf(error).find((each) => isOf(each.path, path));
    return fault && (fault.path === path ? faultText(fault, t) : placedFault(fault, t));
  };
}

/** What a fault says of its field, without naming it. */
export function faultText({ code, params, message }: Fault, t: Translate): string {
  const named = wordingOf(`fault.${code}`);
  if (named === undefined) return message;
  const { values, ...others } = params ?? {};
  const text = t(named, { ...others, values: Array.isArray(values) ? values.join(', ') : values });
  const { nearest } = others;
  return typeof nearest === 'string' ? `${text} (${t('place.near', { name: nearest })})` : text;
}

function wordingOf(key: string): TextKey | undefined {
  return hasText(key) ? key : undefined;
}

function paramsOf({ problem }: ApiError, t: Translate): Record<string, unknown> {
  const { fields, options, bytesMax, suspendedUntil } = problem;
  return {
    ...problem,
    until: suspendedUntil && formatDay(suspendedUntil),
    megabytesMax: (bytesMax ?? 0) / bytesPerMegabyte,
    fields: (fields ?? []).map((field) => fieldName(field, knownProperties(), t)).join(', '),
    options: (options ?? []).map(({ key, members }) => `${key} (${members})`).join(', '),
  };
}

/** What the page has seen of the properties, whose names an admin knows. */
function knownProperties(): readonly Property[] {
  return queryClient.getQueryData(propertiesQuery.queryKey)?.items ?? [];
}
