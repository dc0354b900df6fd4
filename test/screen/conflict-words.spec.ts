import { describe, expect, it } from '@jest/globals';
import type { ConflictSide, LinkCandidate, Member } from '../../web/src/api/shapes.ts';
import { heldFor, kindText } from '../../web/src/parts/text/kind-words.ts';
import { likelyFirst } from '../../web/src/sync/preview/found-members.ts';
import { heldParts } from '../../web/src/sync/preview/preview-words.ts';
import { differingFacts } from '../../web/src/sync/preview/side-facts.ts';

const side: ConflictSide = {
  directoryUserId: 'one',
  memberId: null,
  name: 'Dora Double',
  userName: 'dora',
  externalId: null,
  email: 'dora@example.com',
  department: null,
  title: 'Clerk',
  account: 'active',
  accountChangedAt: '2026-01-01T00:00:00.000Z',
  memberStatus: 'none',
  source: null,
  memberChangedAt: null,
  offers: [],
};

describe('what differs between the people in a conflict', () => {
  it('is no time, no address in another case, and nothing that is missing from both', () => {
    const other = { ...side, email: 'DORA@example.com', accountChangedAt: '2026-02-01T00:00:00.000Z' };
    expect([...differingFacts([side, other])]).toEqual([]);
  });

  it('is whatever one of them has otherwise, or not at all', () => {
    const other = { ...side, externalId: 'x', title: 'Lead' };
    const third = { ...side, memberStatus: 'active' as const, source: 'manual' as const };
    expect([...differingFacts([side, other])]).toEqual(['externalId', 'title']);
    expect([...differingFacts([side, side, third])]).toEqual(['memberStatus']);
  });
});

describe('the members to choose from', () => {
  const likely = (id: string): LinkCandidate => ({
    member: { id, name: `Likely ${id}`, email: `${id}@example.com`, status: 'active', deactivatedAt: null },
    because: ['same-name'],
  });
  const found = (id: string) =>
    ({ id, displayName: `Found ${id}`, email: `${id}@example.com`, status: 'deactivated' }) as Member;

  it('are the likely ones before anything is typed', () => {
    expect(likelyFirst([likely('a')], null)).toEqual([
      { id: 'a', name: 'Likely a', email: 'a@example.com', isDeactivated: false, because: ['same-name'] },
    ]);
  });

  it('are those who match what is typed, the likely ones first with the reason, and eight at most', () => {
    const matching = [...'bcdefghij'].map(found).concat(found('a'));
    const shown = likelyFirst([likely('a'), likely('z')], matching);
    expect(shown.map(({ id }) => id).join('')).toBe('abcdefgh');
    expect(shown.map(({ because }) => because.length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
    expect(shown[1]).toMatchObject({ name: 'Found b', isDeactivated: true });
  });
});

describe('who is held', () => {
  it.each([
    ['removal-guard', {}, 'removal'],
    ['last-admin', { kind: 'deactivate' }, 'removal'],
    ['last-admin', {}, 'role'],
    ['role-needs-review', {}, 'role'],
    ['role-full', {}, 'role'],
    ['no-seat', { kind: 'create' }, 'seat'],
  ] as const)('waits, by the reason %s %j, for: %s', (code, params, waitsFor) => {
    const reason = { code, params, text: '' };
    expect(heldFor(reason)).toBe(waitsFor);
    expect(kindText({ kind: 'held', reason })).toBe(`kind.held.${waitsFor}`);
    expect(kindText({ kind: 'create', reason })).toBe('kind.create');
  });

  it('is counted by that, and nobody twice', () => {
    const pending = { held: 9 } as Parameters<typeof heldParts>[0]['pending'];
    const seats = { waiting: 2 } as Parameters<typeof heldParts>[0]['seats'];
    expect(heldParts({ pending, seats, heldRoles: 3 })).toEqual([
      { waitsFor: 'removal', count: 4 },
      { waitsFor: 'seat', count: 2 },
      { waitsFor: 'role', count: 3 },
    ]);
    expect(heldParts({ pending, seats: null, heldRoles: 0 })).toEqual([{ waitsFor: 'removal', count: 9 }]);
  });
});
