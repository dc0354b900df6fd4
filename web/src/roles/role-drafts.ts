import { useState } from 'react';
import type { RoleDraft, RoleMapping, RoleRule } from '../api/shapes.ts';
import { isSameJson } from '../parts/forms/same-json.ts';

/** A rule as it is edited: `id` is its own as long as the page is open. */
export interface RuleDraft {
  id: number;
  rule: RoleRule;
}

let lastId = 0;
const drafted = (rule: RoleRule): RuleDraft => ({ id: (lastId += 1), rule });

function contentOf({ default: fallback, withoutGroup, rules }: Omit<RoleMapping, 'version'>): RoleDraft {
  return { default: fallback, withoutGroup, rules };
}

/** The role mapping while it is edited. */
export function useRoleDrafts(mapping: RoleMapping) {
  const [rules, setRules] = useState(() => mapping.rules.map(drafted));
  const [rest, setRest] = useState(() => ({ default: mapping.default, withoutGroup: mapping.withoutGroup }));
  const draft = contentOf({ ...rest, rules: rules.map(({ rule }) => rule) });
  return {
    rules,
    draft,
    changed: !isSameJson(draft, contentOf(mapping)),
    setRest: (part: Partial<typeof rest>) => setRest({ ...rest, ...part }),
    add: (rule: RoleRule) => setRules([...rules, drafted(rule)]),
    change: (id: number, rule: RoleRule) =>
      setRules(rules.map((one) => (one.id === id ? { id, rule } : one))),
    remove: (id: number) => setRules(rules.filter((one) => one.id !== id)),
    reset: () => {
      setRules(mapping.rules.map(drafted));
      setRest({ default: mapping.default, withoutGroup: mapping.withoutGroup });
    },
  };
}

export type RoleDrafts = ReturnType<typeof useRoleDrafts>;

/** Whether a rule says all that it has to. */
export function isComplete(rule: RoleRule): boolean {
  if (rule.group !== undefined) return rule.group.directoryGroupId !== '';
  return (rule.attribute ?? '').trim() !== '' && (rule.value ?? '') !== '';
}
