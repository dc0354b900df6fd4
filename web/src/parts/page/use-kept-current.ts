import type { Query } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { unlessScrolledFar } from '../../api/paging.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Member, Overview } from '../../api/shapes.ts';

/** The first words of the keys of what changes when something is synchronized. */
const synchronized: readonly unknown[] = ['members', 'groups', 'explanation'];

/**
 * Loads what a page shows of people and groups again when the overview says that something has happened to them: a page
 * would otherwise say that somebody has access who lost it a moment ago. The pages that load themselves again are left out.
 */
export function usePeopleKeptCurrent(overview: Overview | undefined): void {
  useAfterChange(overview && markOf(overview), () => {
    void queryClient.invalidateQueries({
      predicate: (query) => isOfPeople(query) && unlessScrolledFar(query),
    });
  });
}

/** Loads what hangs on a member again when they have changed. */
export function useMemberKeptCurrent(member: Member | undefined): void {
  useAfterChange(member && JSON.stringify(member), () => {
    void queryClient.invalidateQueries({
      predicate: ({ queryKey: [first, second] }) => first === 'members' && second !== 'one',
    });
    void queryClient.invalidateQueries({ queryKey: ['explanation'] });
    void queryClient.invalidateQueries({ queryKey: ['preview', 'directory', 'of-member'] });
  });
}

/** What of the overview differs once somebody came, left, or was changed, or a run went on. */
export function markOf(overview: Overview): string {
  const { directory, pending, pendingGroups, members, removalGuard, heldRoles, rolesBeside, lastRun } =
    overview;
  const run = lastRun && [lastRun.id, lastRun.state, lastRun.done];
  return JSON.stringify([
    directory,
    pending,
    pendingGroups,
    members,
    removalGuard,
    heldRoles,
    rolesBeside,
    run,
  ]);
}

/** An undo is asked about as it was when it was opened: what is read there does not change under the reader's eyes. */
function isOfPeople({ queryKey: [first, second] }: Query): boolean {
  if (first === 'runs') return second !== 'undo' && second !== 'list';
  return synchronized.includes(first) || (first === 'preview' && second === 'directory');
}

/** Does it when the mark changes, not when it is first there. */
function useAfterChange(mark: string | undefined, act: () => void): void {
  const known = useRef(mark);
  useEffect(() => {
    const isNew = known.current !== undefined && mark !== undefined && mark !== known.current;
    if (mark !== undefined) known.current = mark;
    if (isNew) act();
  });
}
