import { raw, type Sql } from '../../database/sql.ts';
import type { StoredState } from '../decision/change.ts';

/** What a noted change is besides its reason, as JSON ({@link StoredState}); `alias` is `sync_change` in the statement. */
export function storedStateJson(alias: string): Sql {
  const values = {
    basedOn: `jsonb_build_object('version', ${alias}.directory_version::text, 'groups', ${alias}.directory_groups)`,
    waitsFor: `${alias}.waits_for`,
    groups: `${alias}.groups`,
    origin: `${alias}.origin`,
    originalKind: `${alias}.original_kind`,
    unlinked: `${alias}.unlinked`,
    keptReason: `${alias}.kept_reason`,
    rejectedBy: `${alias}.rejected_by`,
    wasApproved: `${alias}.was_approved`,
  } satisfies Record<keyof StoredState, string>;
  const pairs = Object.entries(values).map(([key, value]) => `'${key}', ${value}`);
  return raw(`jsonb_build_object(${pairs.join(', ')})`);
}
