import { tooCostlyCode } from '../../attribute-mapping/mapping/map-attributes.ts';
import { costlyRoleCode } from '../../role-mapping/rule/role-wish.ts';
import type { Decision } from '../decision/decision.ts';
import type { Person } from '../decision/person.ts';
import type { RunNote } from '../decision/reason.ts';

/** Most notes of one run. */
const notesMax = 100;

/** The code of the note about people who wait for a seat. */
export const waitForSeatCode = 'people-wait-for-seat';

/** The code of the note about people whose role waits while nothing else happens to them. */
export const rolesWaitCode = 'roles-wait';

/** What a run could not do as it should have, as reasons that count the people or groups concerned. */
export type RunNotes = RunNote[];

/** Adds notes to others; those about the same are counted together. */
export function addNotes(notes: RunNotes, more: readonly RunNote[]): RunNotes {
  const all = new Map(notes.map((note) => [idOf(note), note]));
  for (const note of more) {
    const known = all.get(idOf(note));
    const count = (known?.params.count ?? 0) + note.params.count;
    if (known !== undefined || all.size < notesMax)
      all.set(idOf(note), { ...note, params: { ...note.params, count } } as RunNote);
  }
  return [...all.values()];
}

/** Notes about the rules, those about roles included, that were too costly for these people. */
export function costlyRulesOf(people: readonly Pick<Person, 'mapped' | 'roleWish'>[]): RunNotes {
  const notes = people.flatMap(({ mapped, roleWish }): RunNotes => [
    ...(mapped?.problems ?? []).flatMap(({ target, code, params: { rule, source } }): RunNotes => {
      if (code !== tooCostlyCode) return [];
      return [{ code: 'rule-too-costly', params: { target, rule, source, count: 1 } }];
    }),
    ...(roleWish?.costly ?? []).map(({ rule, source }): RunNote => {
      return { code: costlyRoleCode, params: { rule, source, count: 1 } };
    }),
  ]);
  return notes.length === 0 ? notes : addNotes([], notes);
}

/** A note that this many groups could not be updated. */
export function groupsRefused(count: number, reference: string): RunNote {
  return { code: 'groups-refused', params: { reference, count } };
}

/** A note about people that not even a conflict could be written about. */
export function peopleLeftOut(count: number, reference: string): RunNote {
  return { code: 'people-left-out', params: { reference, count } };
}

/** A note that this many people were not brought back because an admin has excluded them; none for nobody. */
export function excludedStayOff(count: number): RunNotes {
  return count > 0 ? [{ code: 'excluded-stay-off', params: { count } }] : [];
}

/** Notes about people who were not brought back: how many are excluded, have no seat, or had their address taken. */
export function stayOff(
  { excluded, noSeat, addressTaken }: Record<'excluded' | 'noSeat' | 'addressTaken', number>,
  limit: number,
): RunNotes {
  return [
    ...excludedStayOff(excluded),
    ...(noSeat > 0 ? [{ code: 'no-seat-stay-off', params: { limit, count: noSeat } } as const] : []),
    ...(addressTaken > 0
      ? [{ code: 'address-taken-stay-off', params: { count: addressTaken } } as const]
      : []),
  ];
}

/** A note that this many people wait for a seat: they are counted as held. */
export function waitForSeat(count: number): RunNote {
  return { code: waitForSeatCode, params: { count } };
}

/** Notes about those of these people whose role waits: nothing else happens to some of them, who are counted as held. */
export function waitingRoles(decisions: readonly Pick<Decision, 'kind' | 'heldRole'>[]): RunNotes {
  const waiting = decisions.filter(({ heldRole }) => heldRole !== null);
  const held = waiting.filter(({ kind }) => kind === 'held').length;
  const codes = { [rolesWaitCode]: held, 'roles-wait-beside': waiting.length - held } as const;
  return Object.entries(codes).flatMap(([code, count]) =>
    count === 0 ? [] : [{ code: code as keyof typeof codes, params: { count } }],
  );
}

/** How many people a run holds because of their role alone. */
export function countHeldRoles(notes: RunNotes): number {
  return countOf(notes, rolesWaitCode);
}

/** How many people a run gives everything but their role. */
export function countRolesBeside(notes: RunNotes): number {
  return countOf(notes, 'roles-wait-beside');
}

function countOf(notes: RunNotes, wanted: RunNote['code']): number {
  return notes.find(({ code }) => code === wanted)?.params.count ?? 0;
}

/** What a note is about, but for its count. */
function idOf({ code, params: { count: _count, ...about } }: RunNote): string {
  return JSON.stringify([code, about]);
}
