import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { memberState } from '../../../test/harness/member-state.ts';
import type { Decision } from './decide.ts';
import { plainLink } from './fresh-link.ts';
import { nothingMapped } from './merge-mapped.ts';
import type { FormerMember, LinkState, MemberState, Person } from './person.ts';
import type { PersonGroups } from './person-groups.ts';
import { newPlan, planBatch } from '../planning/plan.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';

/** Every dimension of the state of a person, as the page names it. */
const dimensions = {
  directory: ['active', 'inactive', 'deleted', 'replaced'],
  link: ['none', 'linked', 'by admin', 'conflict', 'held', 'excluded', 'suppressed', 'outdated', 'waiting'],
  member: ['none', 'active', 'deactivated', 'waiting', 'due', 'removed'],
  address: ['given', 'missing'],
  'given away': ['no', 'to a leaver', 'to somebody'],
  returner: ['none', 'gone', 'here', 'removed', 'two'],
  holder: ['nobody', 'adoptable', 'former', 'other'],
  values: ['same', 'differ'],
  groups: ['same', 'differ'],
  'link by e-mail': ['yes', 'no'],
  'on leave': ['deactivate', 'delete later', 'delete at once'],
  guard: ['open', 'spent'],
  seats: ['free', 'taken'],
} as const;

type Dimension = keyof typeof dimensions;
type State = Record<Dimension, string>;

interface Row {
  line: number;
  matches: (state: State) => boolean;
  text: string;
  change: string;
  reason: string;
  member: string;
  link: string;
}

const now = new Date('2026-11-24T09:00:00.000Z');
const page = readFileSync(join(import.meta.dirname, '../../../docs/explanation/synchronization.md'), 'utf8');
const rows = readRows(page);
const states = allStates().filter(isPossible);

describe('the decision table of docs/explanation/synchronization.md', () => {
  it('is read whole, and names only values that there are', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(states.length).toBeGreaterThan(2000);
  });

  it('covers every state there can be, and has no row that never decides', () => {
    const deciding = new Map<Row, number>();
    for (const state of states) {
      const row = rowOf(state);
      deciding.set(row, (deciding.get(row) ?? 0) + 1);
    }
    expect(rows.filter((row) => !deciding.has(row)).map(({ text }) => text)).toEqual([]);
  });

  it.each(rows)('row $line: $text', (row) => {
    const mine = states.filter((state) => rowOf(state) === row);
    expect(mine.length).toBeGreaterThan(0);
    for (const state of mine) {
      const person = personOf(state);
      const decision = decided(person, state);
      const said = { change: row.change, reason: row.reason, link: row.link, member: row.member };
      const found = {
        change: decision.kind,
        reason: decision.reason.code,
        link: decision.link === null ? 'none' : decision.link.state,
        member: row.member === '–' ? '–' : memberName(decision.member),
      };
      expect({ state, ...found }).toEqual({ state, ...said });
      if (row.member === '–' && decision.member !== null) {
        expect(memberName(decision.member)).toBe(memberName(person.member));
      }
    }
  });
});

describe('whatever the state', () => {
  it('a decision that was carried out leaves nothing to do', () => {
    for (const state of states) {
      const person = personOf(state);
      const first = decided(person, state);
      const then: Person = {
        ...person,
        member: first.member ?? person.member,
        link: first.link,
        returners: first.member === null ? person.returners : [],
        former: first.member === null ? person.former : null,
        groups: first.groups === null ? person.groups : noGroups,
      };
      const settled = {
        ...state,
        guard: 'open',
        // The person who needed a seat has it.
        seats: first.kind === 'held' ? state.seats : 'free',
        holder: first.kind === 'conflict' ? state.holder : 'nobody',
      };
      const second = decided(then, settled);
      const stays = ['conflict', 'held', 'suppressed', 'excluded'].includes(first.kind);
      expect({ state, kind: second.kind, member: second.member }).toEqual({
        state,
        kind: stays ? first.kind : 'nothing',
        member: null,
      });
    }
  });

  it('nobody who is active in the directory loses access, and nobody who is not gets any', () => {
    for (const state of states) {
      const { kind, reason } = decided(personOf(state), state);
      if (state.directory === 'active' && kind === 'held') expect(reason.code).toBe('no-seat');
      const wrong =
        state.directory === 'active' ? ['deactivate', 'remove'] : ['create', 'link', 'reactivate'];
      expect({ state, wrong: wrong.includes(kind) }).toEqual({ state, wrong: false });
    }
  });
});

function readRows(text: string): Row[] {
  const [, after = ''] = text.split('<!-- decisions -->');
  const lines = after.trimStart().split('\n');
  const table = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('|')),
  );
  const [head = [], , ...body] = table.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const names = Object.keys(dimensions) as Dimension[];
  expect(head.slice(0, names.length)).toEqual(names);
  return body.map((cells, at) => {
    const conditions = names.map((name, place) => conditionOf(name, cells[place] ?? ''));
    const [change = '', reason = '', member = '', link = ''] = cells
      .slice(names.length)
      .map((cell) => cell.replaceAll('`', ''));
    const given = names.flatMap((name, place) => (cells[place] === '–' ? [] : [`${name} ${cells[place]}`]));
    return {
      line: at + 1,
      matches: (state) => conditions.every((fits) => fits(state)),
      text: `${given.join(', ')} → ${change}, ${reason}`,
      change,
      reason,
      member,
      link,
    };
  });
}

function conditionOf(name: Dimension, cell: string): (state: State) => boolean {
  if (cell === '–') return () => true;
  const values = [...cell.matchAll(/`([^`]+)`/g)].map(([, value]) => value ?? '');
  for (const value of values) expect(dimensions[name]).toContain(value);
  expect(values.length).toBeGreaterThan(0);
  return (state) => values.includes(state[name]) !== cell.startsWith('not ');
}

function rowOf(state: State): Row {
  const row = rows.find(({ matches }) => matches(state));
  if (row === undefined) throw new Error(`No row for ${JSON.stringify(state)}`);
  return row;
}

function allStates(): State[] {
  let all: Partial<State>[] = [{}];
  for (const [name, values] of Object.entries(dimensions)) {
    all = all.flatMap((state) => values.map((value) => ({ ...state, [name]: value })).filter(mayBePossible));
  }
  return all as State[];
}

/** Leaves most of the impossible states out while they are made: they would be millions. */
function mayBePossible(state: Partial<State>): boolean {
  const silent: readonly Dimension[] =
    state.directory === 'active'
      ? ['on leave', 'guard']
      : ['address', 'returner', 'holder', 'values', 'link by e-mail', 'seats'];
  return silent.every((name) => (state[name] ?? dimensions[name][0]) === dimensions[name][0]);
}

/** What says nothing in a state has its first value, so that no state is tried twice. */
function isPossible(state: State): boolean {
  if (state.link === 'none' && state.member !== 'none') return false;
  if (state.link === 'by admin' && state.member === 'none') return false;
  if (['none', 'removed'].includes(state.member) && state.groups === 'differ') return false;
  if (state.link === 'excluded' || state.link === 'suppressed') {
    const plain = state['given away'] === 'no' && state.returner === 'none';
    return plain && state.address === 'given' && state.holder === 'nobody';
  }
  const gaveAway = state['given away'] !== 'no';
  const gaveAwayAlone = state.member === 'none' && state.returner === 'none' && state.values === 'same';
  if (gaveAway && !gaveAwayAlone) return false;
  if (state.directory !== 'active') {
    const mapped = state.address === 'given' && state.returner === 'none' && state.holder === 'nobody';
    return mapped && state.values === 'same' && state['link by e-mail'] === 'yes' && state.seats === 'free';
  }
  if (state.member !== 'none' && state.returner !== 'none') return false;
  if (state.address === 'missing' && state.holder !== 'nobody') return false;
  return state.guard === 'open' && state['on leave'] === 'deactivate';
}

function decided(person: Person, state: State): Decision {
  const onLeave = state['on leave'];
  const policy = {
    settings: {
      linkByEmail: state['link by e-mail'] === 'yes',
      onLeave: onLeave === 'deactivate' ? 'deactivate' : 'delete',
      graceDays: onLeave === 'delete at once' ? 0 : 30,
      ownedFields: ['email', 'jobTitle'],
    },
    mapsManager: false,
    refuseOptions: () => undefined,
  } as unknown as SyncPolicy;
  const budget = state.guard === 'spent' ? { used: 3, allowed: 3 } : { used: 0, allowed: 3 };
  const [decision] = planBatch(
    { people: [person], holders: holdersOf(state), managers: new Map(), chains: new Map() },
    policy,
    newPlan(budget, new Map(), { limit: 5, free: state.seats === 'free' ? 1 : 0, order: null }),
    now,
  );
  if (decision === undefined) throw new Error('Nothing was decided');
  return decision;
}

function personOf(state: State): Person {
  const active = state.directory === 'active';
  const here = active || state.directory === 'inactive';
  const jobTitle = state.values === 'differ' ? 'Builder' : 'Analyst';
  const fields = { email: state.address === 'given' ? 'ada@example.com' : null, jobTitle };
  return {
    directoryUserId: 'user-1',
    directoryUser: here
      ? {
          id: 'user-1',
          externalId: 'e1',
          userName: 'ada',
          active,
          version: '2',
          resource: {},
          lacksRole: false,
        }
      : null,
    link: linkOf(state),
    member: state.member === 'none' ? null : memberOf(state.member, 'member-1'),
    returners: returnersOf(state.returner),
    former: formerOf(state),
    hasHeir: state.directory === 'replaced',
    mapped: active ? { ...nothingMapped, fields } : null,
    emailHolder: null,
    manager: { kind: 'unmapped' },
    references: {},
    groups: state.groups === 'same' ? noGroups : leftGroup,
    roleWish: null,
    roleFor: null,
    roleGroupNames: new Map(),
    erasedAt: null,
    newMemberId: 'user-1',
  };
}

function formerOf(state: State): FormerMember | null {
  if (state['given away'] === 'no') return null;
  const member = memberOf('active', 'former-1');
  return { member, givenBy: 'x', heldBy: 'user-3', holderIsActive: state['given away'] === 'to somebody' };
}

const noGroups: PersonGroups = { inDirectory: [], wanted: [], absent: false, ofMembers: new Map() };

/** A group of the member that the directory does not name any more. */
const leftGroup: PersonGroups = {
  ...noGroups,
  ofMembers: new Map([['member-1', [{ id: 'group-1', name: 'Makers', stays: false }]]]),
};

function returnersOf(returner: string): MemberState[] {
  if (returner === 'none') return [];
  if (returner === 'here') return [memberOf('active', 'returner-1')];
  if (returner === 'removed') return [memberOf('removed', 'returner-1')];
  const gone = memberOf('deactivated', 'returner-1');
  return returner === 'gone' ? [gone] : [gone, memberOf('deactivated', 'returner-2')];
}

function linkOf(state: State): LinkState | null {
  if (state.link === 'none') return null;
  const memberId = state.member === 'none' ? null : 'member-1';
  const common = plainLink({ memberId, externalId: 'e1', name: 'ada' });
  const version = state.directory === 'deleted' || state.directory === 'replaced' ? null : '2';
  const suppressed = (basedOn: string | null): LinkState => ({
    ...common,
    state: 'suppressed',
    reason: { code: 'undone', params: { runId: 'run-1', kind: 'update' } },
    basedOn: { version: basedOn, groups: null },
    suppressedKind: 'update',
  });
  const nobody = { email: null, memberId: null, directoryUserId: null, name: '' };
  switch (state.link) {
    case 'by admin':
      return { ...common, awaitsAdoption: true };
    case 'conflict':
      return { ...common, state: 'conflict', reason: { code: 'email-taken', params: nobody } };
    case 'held': {
      const params = { kind: 'deactivate', cause: 'leaver-deleted', used: 3, allowed: 3 } as const;
      return { ...common, state: 'held', reason: { code: 'removal-guard', params } };
    }
    case 'excluded':
      return { ...common, state: 'excluded', reason: { code: 'excluded', params: {} } };
    case 'suppressed':
      return suppressed(version);
    case 'outdated':
      return suppressed('1');
    case 'waiting': {
      const params = { kind: 'create', limit: 5 } as const;
      return { ...common, state: 'waiting', reason: { code: 'no-seat', params } };
    }
    default:
      return common;
  }
}

function holdersOf(state: State) {
  if (state.holder === 'nobody') return new Map();
  const source = state.holder === 'adoptable' ? ('manual' as const) : ('provisioning' as const);
  const member = { ...memberOf('active', 'holder-1'), source, externalId: null };
  const directoryUserId = state.holder === 'adoptable' ? null : 'user-2';
  const alive = state.holder === 'other';
  return new Map([['ada@example.com', { member, directoryUserId, alive, due: false }]]);
}

function memberOf(name: string, id: string): MemberState {
  const dates: Record<string, string> = {
    waiting: '2026-12-01T09:00:00.000Z',
    due: '2026-11-24T08:00:00.000Z',
  };
  return memberState({
    id,
    jobTitle: 'Analyst',
    status: name === 'active' || name === 'removed' ? name : 'deactivated',
    provisionedFields: ['email', 'jobTitle'],
    deactivatedAt: name === 'active' ? null : '2026-11-01T09:00:00.000Z',
    removalDueAt: dates[name] ?? null,
  });
}

function memberName(member: MemberState | null): string {
  if (member === null) return 'none';
  if (member.status !== 'deactivated' || member.removalDueAt === null) return member.status;
  return new Date(member.removalDueAt) > now ? 'waiting' : 'due';
}
