import type { Change } from '../decision/change.ts';
import type { LinkStateName } from '../decision/person.ts';

/**
 * How somebody the identity provider sent stands: `available`: the next run does something; `linked`: a member who is
 * in step; `left`: inactive, and so is the member; `inactive`: inactive, and never a member; `unlinked`: active, without a
 * member, and nothing is due yet; the others are withheld.
 */
export const directoryStates = [
  'available',
  'linked',
  'left',
  'conflict',
  'held',
  'suppressed',
  'excluded',
  'inactive',
  'unlinked',
] as const;
export type DirectoryState = (typeof directoryStates)[number];

/** The states in which somebody is withheld: those that a link may have. */
export type WithheldState = Extract<DirectoryState, Change['kind']>;

/** The state of somebody, from what is decided about them. */
export function directoryStateOf(
  { kind, memberId }: Pick<Change, 'kind' | 'memberId'>,
  active: boolean,
): DirectoryState {
  switch (kind) {
    case 'conflict':
    case 'held':
    case 'suppressed':
    case 'excluded':
      return kind;
    case 'nothing':
      if (memberId === null) return active ? 'unlinked' : 'inactive';
      return active ? 'linked' : 'left';
    default:
      return 'available';
  }
}

/** Whether the links alone say who is in this state, for everybody who is not queued. */
export function isWithheld(state: DirectoryState): state is WithheldState {
  return state === 'conflict' || state === 'held' || state === 'suppressed' || state === 'excluded';
}

/** The states of links that put somebody into this state: who waits for a seat is held, too. */
export function linkStatesOf(state: WithheldState): LinkStateName[] {
  return state === 'held' ? ['held', 'waiting'] : [state];
}
