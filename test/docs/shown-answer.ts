import { expect } from '@jest/globals';

/** An answer as a page shows it: status, headers, body. */
export interface ShownAnswer {
  status: number;
  headers: [name: string, value: string][];
  body: unknown;
}

/** Reads `HTTP/1.1 201 Created`, headers, an empty line, a body. */
export function readShown(text: string): ShownAnswer {
  const [head = '', ...body] = text.trimEnd().split('\n\n');
  const [first = '', ...headers] = head.split('\n');
  return {
    status: Number(first.split(' ')[1]),
    headers: headers.map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    }),
    body: body.length === 0 ? undefined : (JSON.parse(body.join('\n\n')) as unknown),
  };
}

/** A text as a pattern that matches just it. */
export function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/**
 * What an answer must match: every value that is shown, no matter what else is there. `…` in a text stands for
 * anything; of a list the first items are shown.
 */
export function matcherOf(shown: unknown): unknown {
  if (typeof shown === 'string' && shown.includes('…')) {
    const parts = shown.split('…').map((part) => literally(part));
    return expect.stringMatching(new RegExp(`^${parts.join('[^]*')}$`));
  }
  if (Array.isArray(shown)) return shown.map(matcherOf);
  if (typeof shown !== 'object' || shown === null) return shown;
  const entries = Object.entries(shown).map(([key, value]) => [key, matcherOf(value)] as const);
  return expect.objectContaining(Object.fromEntries(entries));
}

/** The items of lists that are not shown are left out, so that `matcherOf` need not know them. */
export function asFarAsShown(answer: unknown, shown: unknown): unknown {
  if (Array.isArray(shown) && Array.isArray(answer)) {
    return answer.slice(0, shown.length).map((item, at) => asFarAsShown(item, shown[at]));
  }
  if (typeof shown !== 'object' || shown === null || typeof answer !== 'object' || answer === null)
    return answer;
  const values = answer as Record<string, unknown>;
  const entries = Object.entries(shown).map(
    ([key, value]) => [key, asFarAsShown(values[key], value)] as const,
  );
  return { ...values, ...Object.fromEntries(entries.filter(([key]) => key in values)) };
}
