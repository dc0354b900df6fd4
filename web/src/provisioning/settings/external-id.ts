const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Whether the externalIds that arrive look like Entra's object ids, or like the mail nicknames that it sends unless told
 * otherwise, which change when a person's name does.
 */
export function externalIdVerdict(examples: readonly string[]): 'objectId' | 'nickname' | 'unknown' {
  if (examples.length === 0) return 'unknown';
  return examples.every((example) => guid.test(example)) ? 'objectId' : 'nickname';
}
