import type { Rule } from '../../api/shapes.ts';
import { useDraft } from '../../parts/forms/use-draft.ts';

/** A rule while it is being edited. Its id stays when the rule moves. */
export interface RuleDraft {
  id: number;
  rule: Rule;
}

let lastId = 0;
const toDraft = (rule: Rule): RuleDraft => ({ id: (lastId += 1), rule });
const toDrafts = (rules: readonly Rule[]): RuleDraft[] => rules.map(toDraft);
const rulesOf = (drafts: readonly RuleDraft[]): Rule[] => drafts.map(({ rule }) => rule);

export type RuleDrafts = ReturnType<typeof useRuleDrafts>;

/** The rules as they would be saved, and what can be done to them. */
export function useRuleDrafts(saved: Rule[]) {
  const { draft: drafts, setDraft: setDrafts, changed } = useDraft(saved, toDrafts, rulesOf);
  return {
    drafts,
    rules: rulesOf(drafts),
    changed,
    add: (rule: Rule) => setDrafts((before) => [...before, toDraft(rule)]),
    replace: (id: number, rule: Rule) =>
      setDrafts((before) => before.map((draft) => (draft.id === id ? { id, rule } : draft))),
    remove: (id: number) => setDrafts((before) => before.filter((draft) => draft.id !== id)),
    move: (from: number, to: number) =>
      setDrafts((before) => {
        const draft = before[from];
        return draft === undefined ? before : before.toSpliced(from, 1).toSpliced(to, 0, draft);
      }),
    reset: (to: readonly Rule[] = saved) => setDrafts(() => toDrafts(to)),
  };
}
