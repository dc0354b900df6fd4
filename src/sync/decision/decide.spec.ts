import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memberState } from '../../../test/harness/member-state.ts';
import { decide, type DecisionSettings, hold } from './decide.ts';
import { plainLink } from './fresh-link.ts';
import { nothingMapped } from './merge-mapped.ts';
import type { LinkState, Person } from './person.ts';
import { languages } from '../../errors/sentence.ts';
import { reasonSentences } from '../wording/reasons.ts';

const now = new Date('2026-11-24T09:00:00.000Z');
const settings: DecisionSettings = {
  linkByEmail: true,
  onLeave: 'deactivate',
  graceDays: 30,
  ownedFields: ['displayName', 'email', 'jobTitle'],
};

describe('decide: somebody without a member', () => {
  it('creates who is active', () => {
    expect(decide(person(), settings, now)).toMatchObject({
      kind: 'create',
      memberId: null,
      member: {
        id: 'user-1',
        status: 'active',
        source: 'provisioning',
        provisionedFields: settings.ownedFields,
      },
      link: { memberId: 'user-1', state: 'linked' },
    });
  });

  it('never creates who is inactive or gone', () => {
    expect(decide(person({ active: false }), settings, now)).toMatchObject({ kind: 'nothing', link: null });
    const gone = { ...person(), directoryUser: null, mapped: null };
    expect(decide(gone, settings, now)).toMatchObject({ kind: 'nothing', reason: { code: 'gone' } });
  });

  it('names a missing address', () => {
    expect(decide(person({ email: null }), settings, now)).toMatchObject({
      kind: 'conflict',
      reason: { code: 'missing-email' },
    });
  });

  it('names two candidates', () => {
    const returners = [memberState({ id: 'old' })];
    const adoptable = memberState({ id: 'manual', source: 'manual' });
    const emailHolder = {
      memberId: 'manual',
      directoryUserId: null,
      name: 'Manual',
      adoptable,
      mayBeLinked: true,
    };
    expect(decide({ ...person(), returners, emailHolder }, settings, now).reason.code).toBe('two-candidates');
    expect(
      decide({ ...person(), returners: [...returners, memberState({ id: 'x' })] }, settings, now).kind,
    ).toBe('conflict');
  });

  it('is the member that an admin gave to somebody else, as soon as nobody has it', () => {
    const former = {
      member: memberState({ id: 'old', status: 'deactivated' }),
      givenBy: 'x',
      heldBy: null,
      holderIsActive: false,
    };
    expect(decide({ ...person(), former }, settings, now)).toMatchObject({
      kind: 'reactivate',
      memberId: 'old',
    });
  });

  it('adopts a member without touching its address', () => {
    const adoptable = memberState({
      id: 'manual',
      source: 'manual',
      email: 'Ada@Example.com',
      emailKey: 'ada@example.com',
    });
    const emailHolder = {
      memberId: 'manual',
      directoryUserId: null,
      name: 'Manual',
      adoptable,
      mayBeLinked: true,
    };
    const decision = decide({ ...person({ jobTitle: 'Analyst' }), emailHolder }, settings, now);
    expect(decision).toMatchObject({ kind: 'link', memberId: 'manual', member: { source: 'manual' } });
    expect(decision.fields).toContainEqual({ field: 'jobTitle', before: null, after: 'Analyst' });
  });

  it('lets a returner come back as the same member, with a new address', () => {
    const returners = [
      memberState({ id: 'old', status: 'removed', email: 'old@example.com', emailKey: 'old@example.com' }),
    ];
    expect(decide({ ...person(), returners }, settings, now)).toMatchObject({
      kind: 'reactivate',
      reason: { code: 'returner', params: { emailChanged: true } },
      member: { id: 'old', status: 'active', email: 'ada@example.com' },
    });
  });
});

describe('decide: somebody with a member', () => {
  it('does nothing when everything is in step', () => {
    const first = decide(person(), settings, now);
    expect(decide(after(person(), first), settings, now)).toMatchObject({ kind: 'nothing', member: null });
  });

  it('marks a change of the address', () => {
    const linked = after(person(), decide(person(), settings, now));
    const moved = { ...person({ email: 'countess@example.com' }), member: linked.member, link: linked.link };
    expect(decide(moved, settings, now)).toMatchObject({
      kind: 'update',
      reason: { params: { emailChanged: true } },
    });
  });

  it('never empties an address', () => {
    const linked = after(person(), decide(person(), settings, now));
    const without = { ...person({ email: null }), member: linked.member, link: linked.link };
    expect(decide(without, settings, now)).toMatchObject({ kind: 'nothing' });
  });

  it.each([
    ['deactivate', 30, 'deactivate', null],
    ['delete', 30, 'deactivate', '2026-12-24T09:00:00.000Z'],
    ['delete', 0, 'remove', null],
  ] as const)('with onLeave %s and %i days a leaver is %s', (onLeave, graceDays, kind, removalDueAt) => {
    const linked = after(person(), decide(person(), settings, now));
    const left = { ...linked, directoryUser: null, mapped: null };
    const decision = decide(left, { ...settings, onLeave, graceDays }, now);
    expect(decision).toMatchObject({ kind, removal: true, member: { removalDueAt } });
  });

  it('leaves the member to an heir', () => {
    const linked = after(person(), decide(person(), settings, now));
    const left = { ...linked, directoryUser: null, mapped: null, hasHeir: true };
    expect(decide(left, settings, now)).toMatchObject({ kind: 'nothing', reason: { code: 'came-back' } });
  });

  it('stays held until the person comes back', () => {
    const linked = after(person(), decide(person(), settings, now));
    const left = { ...linked, directoryUser: null, mapped: null };
    const held = hold(decide(left, settings, now), { used: 3, allowed: 3 });
    expect(held).toMatchObject({ kind: 'held', member: null, link: { state: 'held' } });
    expect(decide({ ...left, link: held.link }, settings, now).kind).toBe('held');
    expect(decide({ ...linked, link: held.link }, settings, now)).toMatchObject({
      link: { state: 'linked' },
    });
  });

  it('stays suppressed until the identity provider sends something newer', () => {
    const link: LinkState = {
      ...linkTo(null),
      state: 'suppressed',
      reason: { code: 'undone', params: { runId: 'run-1', kind: 'create' } },
      basedOn: { version: '1', groups: null },
      suppressedKind: 'create',
    };
    expect(decide({ ...person(), link }, settings, now).kind).toBe('suppressed');
    expect(decide({ ...person({ version: '2' }), link }, settings, now).kind).toBe('create');
  });
});

describe('decide: always', () => {
  const people = fc
    .record({
      active: fc.boolean(),
      gone: fc.boolean(),
      email: fc.option(fc.constantFrom('ada@example.com', 'bob@example.com')),
      jobTitle: fc.option(fc.constantFrom('Analyst', 'Builder')),
      status: fc.option(fc.constantFrom('active' as const, 'deactivated' as const, 'removed' as const)),
    })
    .map(({ gone, status, ...values }): Person => {
      const someone = person(values);
      const linked = status === null ? null : memberState({ status });
      return {
        ...someone,
        directoryUser: gone ? null : someone.directoryUser,
        mapped: gone ? null : someone.mapped,
        member: linked,
        link: linked === null ? null : linkTo(linked.id),
      };
    });
  const choices = fc.record({
    linkByEmail: fc.boolean(),
    onLeave: fc.constantFrom('deactivate' as const, 'delete' as const),
    graceDays: fc.constantFrom(0, 30),
    ownedFields: fc.constant(settings.ownedFields),
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(people, choices, (someone, chosen) => {
        const first = decide(someone, chosen, now);
        const second = decide(after(someone, first), chosen, now);
        expect(second.kind).toBe(first.kind === 'conflict' ? 'conflict' : 'nothing');
        expect(second.member).toBeNull();
      }),
    );
  });

  it('gives a reason that has a sentence in every language', () => {
    fc.assert(
      fc.property(people, choices, (someone, chosen) => {
        const { reason } = decide(someone, chosen, now);
        for (const language of languages) expect(reasonSentences[reason.code][language]).toBeTruthy();
      }),
    );
  });

  it('never takes access from somebody who is active in the directory', () => {
    fc.assert(
      fc.property(people, choices, (someone, chosen) => {
        const decision = decide(someone, chosen, now);
        if (someone.directoryUser?.active) expect(['deactivate', 'remove']).not.toContain(decision.kind);
        else expect(['create', 'link', 'update', 'reactivate']).not.toContain(decision.kind);
      }),
    );
  });
});

interface Values {
  active?: boolean;
  email?: string | null;
  jobTitle?: string | null;
  version?: string;
}

function person(values: Values = {}): Person {
  const { active = true, email = 'ada@example.com', jobTitle = null, version = '1' } = values;
  const fields = { email, jobTitle, displayName: 'Ada' };
  return {
    directoryUserId: 'user-1',
    directoryUser: {
      id: 'user-1',
      externalId: 'e1',
      userName: 'ada',
      active,
      version,
      resource: {},
      lacksRole: false,
    },
    link: null,
    member: null,
    returners: [],
    former: null,
    hasHeir: false,
    mapped: active ? { ...nothingMapped, fields } : null,
    emailHolder: null,
    manager: { kind: 'unmapped' },
    references: {},
    groups: null,
    roleWish: null,
    roleFor: null,
    roleGroupNames: new Map(),
    erasedAt: null,
    newMemberId: 'user-1',
  };
}

function linkTo(memberId: string | null): LinkState {
  return plainLink({ memberId, externalId: 'e1', name: 'Ada' });
}

/** The person once the decision is carried out. */
function after(someone: Person, decision: ReturnType<typeof decide>): Person {
  return { ...someone, member: decision.member ?? someone.member, link: decision.link };
}
