/** What went wrong, as a code: the SQLSTATE or system code of an error, or its class. What it says may name people. */
export function errorCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : error.constructor.name;
}
