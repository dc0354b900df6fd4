/**
 * The code of an error that the operating system or a driver reports (`ENOENT`, `EACCES`, an SQLSTATE), or ''.
 * Asks for the property and not for the class: errors of Node itself are no `Error` of a sandboxed module.
 */
export function systemErrorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}
