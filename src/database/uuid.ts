/** Is this text a UUID? Ids come from outside; a text that is no UUID names nothing and must not reach a query. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}
