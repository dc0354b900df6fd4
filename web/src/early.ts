/**
 * A file of its own, and a small one: it comes long before the rest of the page, and asks for what every screen needs
 * first. On a slow network the answers are there when the page is. It imports only what is as small.
 */
import { kept } from './kept.ts';
import { isEmbedded, publicPath } from './page-facts.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** Where this browser remembers the language that was chosen in it. */
export const languageKey = 'user-provisioning.language';

/** The language that was chosen here before, or the browser's. */
export function preferredLanguage(): Language {
  const wanted = [kept(languageKey) ?? '', ...navigator.languages];
  return wanted.map(languageOf).find((language) => language !== undefined) ?? 'en';
}

/** The language of the screen for a language tag; undefined: it does not speak it. */
export function languageOf(tag: string): Language | undefined {
  const [primary] = tag.toLowerCase().split(/[-_]/);
  return languages.find((language) => language === primary);
}

/** Who is signed in, and the state of provisioning. */
const everyScreenAsks = ['/api/session', '/api/user-provisioning'];
const language = preferredLanguage();
const answers = new Map<string, Promise<Response>>();

// The code of an admin link opens a session first, and so does the product around a page in a frame.
if (!isEmbedded && !window.location.hash.startsWith('#code=')) {
  for (const path of everyScreenAsks) {
    const url = window.location.origin + publicPath + path;
    const answer = fetch(url, { headers: { 'Accept-Language': language } });
    // The one who takes it is told.
    answer.catch(() => undefined);
    answers.set(url, answer);
  }
}

/**
 * The answer to a request that was sent before the page was ready to send it. Each is given once; none after a write,
 * nor after a refusal, which may change what the others would say.
 *
 * @returns undefined: the request has to be sent
 */
export function takeEarlyAnswer(request: Request): Promise<Response> | undefined {
  if (request.method !== 'GET' || request.headers.get('Accept-Language') !== language) {
    answers.clear();
    return undefined;
  }
  const answer = answers.get(request.url);
  answers.delete(request.url);
  return answer?.then((response) => {
    if (!response.ok) answers.clear();
    return response;
  });
}
