import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type MemberRole, rolesByKey } from '../../member-directory/roles/member-role.ts';
import type { RoleWish } from '../../role-mapping/rule/role-wish.ts';
import { type ChosenRole, losesRole, type RoleHolder, RoleLedger } from './roles.ts';

const declared: MemberRole[] = [
  { key: 'owner', name: { en: 'Owner', de: 'Inhaber' }, rank: 4, privileged: true, max: 2 },
  { key: 'admin', name: { en: 'Admin', de: 'Admin' }, rank: 3, privileged: true, max: null },
  { key: 'biller', name: { en: 'Biller', de: 'Rechnung' }, rank: 2, privileged: false, max: 1 },
  { key: 'member', name: { en: 'Member', de: 'Mitglied' }, rank: 1, privileged: false, max: null },
];
const roles = rolesByKey(declared);
const keys = declared.map(({ key }) => key);

function ledgerOf(counts: Record<string, number>, { isReviewed = true, mayLeaveGains = false } = {}) {
  return new RoleLedger({ roles, isReviewed, mayLeaveGains }, new Map(Object.entries(counts)));
}

function wish(...wanted: string[]): RoleWish {
  const candidates = declared.filter(({ key }) => wanted.includes(key)).map((role) => ({ role, groups: [] }));
  return { candidates, keeps: false, leaves: false, costly: [] };
}

function holder(role: string | null, status: RoleHolder['status'] = 'active'): RoleHolder {
  return { role, status, roleGroups: [] };
}

function said({ key, held }: ChosenRole): unknown[] {
  return held === null ? [key] : [key, held.after, held.reason.code];
}

describe('the role that somebody gets', () => {
  it.each<[string, RoleHolder | null, RoleWish, Record<string, number>, boolean, unknown[]]>([
    ['the highest, for somebody new', null, wish('admin', 'member'), {}, true, ['admin']],
    [
      'a privileged one only after a review',
      holder('member'),
      wish('admin', 'member'),
      { admin: 1 },
      false,
      ['member', 'admin', 'role-needs-review'],
    ],
    ['what they have, without a review', holder('admin'), wish('admin'), { admin: 1 }, false, ['admin']],
    [
      'a lower privileged one without a review',
      holder('owner'),
      wish('admin'),
      { owner: 1 },
      false,
      ['admin'],
    ],
    [
      'a higher privileged one only after a review',
      holder('admin'),
      wish('owner', 'admin'),
      { admin: 1 },
      false,
      ['admin', 'owner', 'role-needs-review'],
    ],
    [
      'one that is full only when it is free',
      holder('member'),
      wish('biller', 'member'),
      { biller: 1 },
      true,
      ['member', 'biller', 'role-full'],
    ],
    [
      'one that is full where they have it',
      holder('biller'),
      wish('biller'),
      { biller: 1 },
      true,
      ['biller'],
    ],
    [
      'the last privileged one stays',
      holder('admin'),
      wish('member'),
      { admin: 1 },
      true,
      ['admin', 'member', 'last-admin'],
    ],
    [
      'one of two privileged ones goes',
      holder('admin'),
      wish('member'),
      { admin: 1, owner: 1 },
      true,
      ['member'],
    ],
    [
      'who comes back has had none',
      holder('admin', 'deactivated'),
      wish('admin', 'member'),
      { admin: 1 },
      false,
      ['member', 'admin', 'role-needs-review'],
    ],
    ['none, where nothing gives one', holder('member'), wish(), {}, true, [null]],
  ])('%s', (_name, member, wanted, counts, isReviewed, expected) => {
    expect(said(ledgerOf(counts, { isReviewed }).choose(member, wanted))).toEqual(expected);
  });

  it('is the one that they have, where no rule is about them and they keep it', () => {
    const keeps = { ...wish('member'), keeps: true };
    expect(said(ledgerOf({ admin: 1 }).choose(holder('admin'), keeps))).toEqual(['admin']);
    expect(said(ledgerOf({ admin: 1 }).choose(holder(null), keeps))).toEqual(['member']);
  });
});

describe('however people lose and gain roles, in whatever order', () => {
  const people = fc.array(
    fc.record({
      has: fc.option(fc.constantFrom(...keys)),
      wants: fc.uniqueArray(fc.constantFrom(...keys)),
      leaves: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  );

  /** What becomes of them: a plan, of which a lane makes only what takes roles. */
  function after(given: { has: string | null; wants: string[]; leaves: boolean }[], isLane: boolean) {
    const counts: Record<string, number> = {};
    for (const { has } of given) if (has !== null) counts[has] = (counts[has] ?? 0) + 1;
    const ledger = ledgerOf(counts, { isReviewed: !isLane, mayLeaveGains: isLane });
    return given.map(({ has, wants, leaves }) => {
      const member = holder(has);
      if (leaves) {
        if (ledger.isLastPrivileged(member)) return has;
        ledger.note(member, holder(has, 'deactivated'));
        return null;
      }
      const { key } = ledger.choose(member, wish(...wants));
      ledger.note(member, holder(key));
      return isLane && !losesRole(roles, has, key) ? has : key;
    });
  }

  const isPrivileged = (key: string | null) => key !== null && roles.get(key)?.privileged === true;

  it.each([
    ['a run', false],
    ['a lane', true],
  ])('somebody keeps a privileged role if anybody had one, and none is given too often: %s', (_, isLane) => {
    fc.assert(
      fc.property(people, (given) => {
        const result = after(given, isLane);
        const had = given.filter(({ has }) => isPrivileged(has)).length;
        if (had > 0) expect(result.filter(isPrivileged).length).toBeGreaterThan(0);
        for (const { key, max } of declared) {
          if (max === null) continue;
          const before = given.filter(({ has }) => has === key).length;
          expect(result.filter((one) => one === key).length).toBeLessThanOrEqual(Math.max(max, before));
        }
      }),
    );
  });

  it('nobody gains a privileged role without a review', () => {
    fc.assert(
      fc.property(people, (given) => {
        after(given, true).forEach((key, at) => {
          if (isPrivileged(key)) expect(isPrivileged(given[at]?.has ?? null)).toBe(true);
        });
      }),
    );
  });
});
