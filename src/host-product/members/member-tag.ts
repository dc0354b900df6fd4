/** What of a member its tag stands for. Groups and the directory's names change without it. */
export function taggedState({ id, version }: { id?: unknown; version?: unknown }): unknown {
  return { id, version };
}
