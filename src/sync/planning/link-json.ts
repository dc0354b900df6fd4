import { raw, type Sql } from '../../database/sql.ts';
import type { LinkState } from '../decision/person.ts';

/** A link as JSON, as {@link LinkState} has it; `alias` is the table's name in the statement. */
export function linkJson(alias: string): Sql {
  const values = {
    memberId: `${alias}.member_id`,
    externalId: `${alias}.external_id`,
    state: `${alias}.state`,
    reason: `${alias}.reason`,
    basedOn: basisJson(alias),
    suppressedKind: `${alias}.suppressed_kind`,
    suppressedBy: `${alias}.suppressed_by`,
    heldAt: `${alias}.held_at`,
    awaitsAdoption: `${alias}.awaits_adoption`,
    disputedEmailKey: `${alias}.disputed_email_key`,
    name: `${alias}.name`,
  } satisfies Record<keyof LinkState, string>;
  const pairs = Object.entries(values).map(([key, value]) => `'${key}', ${value}`);
  return raw(`json_build_object(${pairs.join(', ')})`);
}

/** What of the directory a link or a change is based on, as JSON. A version may be longer than a JSON number. */
function basisJson(alias: string): string {
  return `json_build_object('version', ${alias}.directory_version::text, 'groups', ${alias}.directory_groups)`;
}
