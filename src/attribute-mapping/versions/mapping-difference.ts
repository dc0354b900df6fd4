import { isDeepStrictEqual } from 'node:util';
import { type Rule, targetName } from '../rule/rule.ts';

/** The targets that are filled differently from before; each is a field, `managerId` or `properties.<key>`. */
export interface MappingDifference {
  added: string[];
  removed: string[];
  changed: string[];
}

/** What one version of the rules does differently from another, by target. Pure. */
export function mappingDifference(before: readonly Rule[], after: readonly Rule[]): MappingDifference {
  const old = Map.groupBy(before, ({ target }) => targetName(target));
  const now = Map.groupBy(after, ({ target }) => targetName(target));
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now.keys()].filter(
      (name) => old.has(name) && !isDeepStrictEqual(old.get(name), now.get(name)),
    ),
  };
}
