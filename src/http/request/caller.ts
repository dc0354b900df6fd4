/** What a product key may be allowed, each on its own. */
export const productScopes = [
  'events:read',
  'members:read',
  'members:write',
  'workspaces:read',
  'workspaces:write',
  'links:create',
  'runs:write',
  'audit:read',
] as const;

export type ProductScope = (typeof productScopes)[number];

/** A product key that was found good. */
export interface KeyCaller {
  readonly kind: 'key';
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ProductScope[];
  /** The workspaces that it is limited to; null: all, those of the future too. */
  readonly workspaceIds: readonly string[] | null;
}

/** Who calls `/operator`: who holds an operator token and may do everything, or a product key. */
export type Caller = OperatorCaller | KeyCaller;

/** Who holds an operator token. */
export interface OperatorCaller {
  readonly kind: 'operator';
  /** Of the token, where it has one. */
  readonly name: string | null;
}

/** Whether a workspace is there for this caller. For others it is as if it did not exist. */
export function reaches(caller: Caller, workspaceId: string): boolean {
  return (
    caller.kind === 'operator' || caller.workspaceIds === null || caller.workspaceIds.includes(workspaceId)
  );
}

/** The workspaces that a caller is limited to; null: none is kept from it. */
export function limitOf(caller: Caller): readonly string[] | null {
  return caller.kind === 'operator' ? null : caller.workspaceIds;
}
