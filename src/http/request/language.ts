import type { Request } from 'express';
import { type Language, languages } from '../../errors/sentence.ts';

/**
 * The language to answer a request in, by its `Accept-Language` (RFC 9110 §12.5.4): the preferred one that this
 * service speaks, whatever its region; English when there is none.
 */
export function languageOf(request: Pick<Request, 'acceptsLanguages'>): Language {
  // Express could choose among ours, but it ranks "en" above "de-AT" where both have the same weight.
  for (const tag of request.acceptsLanguages()) {
    const [primary] = tag.toLowerCase().split('-', 1);
    const known = languages.find((language) => language === primary);
    if (known !== undefined) return known;
  }
  return 'en';
}
