import { useState } from 'react';
import { changeMembers } from '../../api/queries/bulk.ts';
import { given } from '../../api/paging.ts';
import { useTranslation } from '../../i18n.ts';
import type { BulkAct, BulkResult } from '../../parts/bulk/bulk.ts';
import { BulkBar } from '../../parts/bulk/bulk-bar.tsx';
import { BulkDialog } from '../../parts/bulk/bulk-dialog.tsx';
import { BulkOutcome } from '../../parts/bulk/bulk-outcome.tsx';
import { type Selection, useSelection } from '../../parts/lists/use-selection.ts';
import { inWords } from '../../parts/text/sentence.ts';
import { type MemberAction, memberActionsFor, noActionWords } from './member-words.ts';

/** What the list is asked for, without what is empty. */
type MembersQuery = Record<string, string | undefined>;

/** Who an action is about: members by their ids, or everybody on the list. */
type ActOn = { memberIds: string[] } | { matching: Record<string, string> };

/**
 * Who is chosen on the list of members, and what can be done with them.
 *
 * @param query what the list is asked for
 * @param total how many it has on all pages
 * @param isWhole whether all of them are loaded
 */
export function useMembersBulk(query: MembersQuery, total: number | null, isWhole: boolean) {
  const { sort: _sort, order: _order, ...narrowing } = query;
  const matching = given(narrowing) as Record<string, string>;
  const selection = useSelection(JSON.stringify(matching));
  const { t } = useTranslation();
  const [act, setAct] = useState<BulkAct | null>(null);
  const [result, setResult] = useState<BulkResult | null>(null);
  const kinds = kindsOf(selection, matching);
  const ask = (action: MemberAction) => {
    setResult(null);
    setAct(actOf(action, selection.isAll ? { matching } : { memberIds: [...selection.chosen.keys()] }));
  };
  return {
    selection,
    bar: (
      <BulkBar
        act="POST /api/members/bulk"
        selection={selection}
        matching={total}
        isWhole={isWhole}
        actions={memberActionsFor(kinds)}
        none={inWords(noActionWords(kinds), t)}
        onAct={(action) => ask(action as MemberAction)}
      />
    ),
    outcome: result && <BulkOutcome result={result} onResult={setResult} onDismiss={() => setResult(null)} />,
    dialog: (
      <BulkDialog
        act={act}
        onClose={() => setAct(null)}
        onDone={(done) => {
          setAct(null);
          setResult(done);
          selection.clear();
        }}
      />
    ),
  };
}

/** What kinds of members are chosen; of all who match, both statuses or the one that the list is narrowed to. */
function kindsOf({ isAll, chosen }: Selection, matching: Record<string, string>): string[] {
  if (!isAll) return [...chosen.values()].map(({ kind }) => kind);
  return matching.status === undefined ? ['active', 'deactivated'] : [matching.status];
}

function actOf(action: MemberAction, on: ActOn): BulkAct {
  const back = inverses[action];
  return {
    action,
    key: JSON.stringify(on),
    send: (request) => changeMembers({ action, ...on, ...request }),
    undo: back && { action: back, send: (memberIds) => changeMembers({ action: back, memberIds }) },
  };
}

const inverses: Readonly<Partial<Record<MemberAction, MemberAction>>> = {
  deactivate: 'reactivate',
  reactivate: 'deactivate',
};
