import { useState } from 'react';
import type { Rule } from '../../api/shapes.ts';

/** A rule while it is being edited, by a name of its own that stays when it moves. */
export interface RuleDraft {
  id: number;
  rule: Rule;
}

let lastId = 0;
const toDraft = (rule: Rule): RuleDraft => ({ id: (lastId += 1), rule });

/** The rules as they would be saved, and what can be done to them. */
export function useRuleDrafts(saved: Rule[]) {
  const [drafts, setDrafts] = useState(() => saved.map(toDraft));
  const rules = drafts.map(({ rule }) => rule);
  return {
    drafts,
    rules,
    changed: JSON.stringify(rules) !== JSON.stringify(saved),
    add: (rule: Rule) => setDrafts((before) => [...before, toDraft(rule)]),
    replace: (id: number, rule: Rule) =>
      setDrafts((before) => before.map((draft) => (draft.id === id ? { id, rule } : draft))),
    remove: (id: number) => setDrafts((before) => before.filter((draft) => draft.id !== id)),
    move: (from: number, to: number) =>
      setDrafts((before) => {
        const draft = before[from];
        return draft === undefined ? before : before.toSpliced(from, 1).toSpliced(to, 0, draft);
      }),
    reset: (to: Rule[] = saved) => setDrafts(to.map(toDraft)),
  };
}
