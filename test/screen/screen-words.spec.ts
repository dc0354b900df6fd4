import { describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { isAwaited } from '../../web/src/api/paging.ts';
import {
  type Change,
  type DirectoryUser,
  type Finding,
  type GroupChange,
  type Member,
  type Overview,
  type Pending,
  pendingKinds,
  type Property,
  type Rule,
  type Run,
  type Token,
} from '../../web/src/api/shapes.ts';
import { entraGuide } from '../../web/src/guides/entra.ts';
import type { Phase } from '../../web/src/guides/guide.ts';
import { de } from '../../web/src/locales/de.ts';
import { en } from '../../web/src/locales/en.ts';
import { namesOf, unfilled } from '../../web/src/mapping/suggestions/made-properties.ts';
import { type Found, foundWords, setSize } from '../../web/src/parts/lists/found-words.ts';
import { invalidWords } from '../../web/src/parts/forms/invalid-words.ts';
import { nowForFuture, nowForPast } from '../../web/src/parts/text/clock-skew.ts';
import { doneKindText } from '../../web/src/parts/text/kind-words.ts';
import { inWords, say, type Sentence } from '../../web/src/parts/text/sentence.ts';
import { nobodyInGroupWords, noGroupsWords } from '../../web/src/people/groups/groups-words.ts';
import {
  allLockedWords,
  bulkKind,
  isEditable,
  lockedWords,
  memberActionsFor,
  noActionWords,
  noMembersWords,
  nothingPendingWords,
  statusActWords,
} from '../../web/src/people/members/member-words.ts';
import { donePhases } from '../../web/src/provisioning/connect/guide-done.ts';
import { isTold, stepsWords, titleWords } from '../../web/src/provisioning/findings/finding-words.ts';
import {
  availableWords,
  contactWords,
  introWords,
  leaversWords,
} from '../../web/src/provisioning/overview/overview-words.ts';
import { mineWords } from '../../web/src/provisioning/notifications/mail-words.ts';
import { deactivationWords } from '../../web/src/provisioning/settings/deactivation-words.ts';
import { guardSettingWords } from '../../web/src/provisioning/settings/guard-setting-words.ts';
import { fullSeatsWords, quotaWords } from '../../web/src/provisioning/quotas/quota-words.ts';
import { zonesOffered } from '../../web/src/provisioning/settings/time-zones.ts';
import { revokeWords, rotationWords, tokenTroubles } from '../../web/src/provisioning/tokens/token-words.ts';
import { saidOf } from '../../web/src/sync/preview/said-change.ts';
import { bringBackWords } from '../../web/src/sync/held/bring-back-words.ts';
import {
  broughtBackIn,
  decisionWords,
  guardWords,
  isPutAside,
  putAside,
  type HeldAccess,
  heldInRunWords,
} from '../../web/src/sync/held/guard-words.ts';
import { seatWords } from '../../web/src/sync/held/seat-words.ts';
import {
  actionsOf,
  anywayWords,
  asListed,
  canSynchronize,
  changedWords,
  confirmTitle,
  emptyPreview,
  placeOfKind,
  planOf,
  type RunPlan,
  runNotes,
  willDo,
} from '../../web/src/sync/preview/preview-words.ts';
import {
  chosenOf,
  countIn,
  kindsOf,
  waitingIn,
  progressWords,
  resultWords,
  shownTrigger,
  undoEffect,
  undoWords,
} from '../../web/src/sync/runs/run-words.ts';

const none = Object.fromEntries(pendingKinds.map((kind) => [kind, 0])) as unknown as Pending;
const noRemovals = {
  limitExceeded: false,
  lostAccess: 0,
  lostAccessExcluded: 0,
  held: 0,
  heldSince: null,
  used: 0,
};
const noGroups = { create: 0, rename: 0, members: 0, delete: 0 };

function english(sentences: Sentence | readonly Sentence[]): string {
  return inWords(sentences, (key, values) =>
    String(new IntlMessageFormat(en[key], 'en', undefined, { ignoreTag: true }).format(values as never)),
  );
}

function german(sentences: Sentence | readonly Sentence[]): string {
  return inWords(sentences, (key, values) =>
    String(new IntlMessageFormat(de[key], 'de', undefined, { ignoreTag: true }).format(values as never)),
  );
}

const run = (state: Run['state'], trigger: Run['trigger'] = 'manual', update = 2, groups = noGroups) =>
  ({
    state,
    trigger,
    error: null,
    chosen: null,
    counts: { ...none, update },
    groups,
    notes: [] as Run['notes'],
    undoes: null,
  }) as const;

interface Given {
  pending?: Partial<Pending>;
  guard?: Partial<Overview['removalGuard']>;
  groups?: Partial<Overview['pendingGroups']>;
  users?: number;
  neverMembers?: number;
  automaticSync?: Overview['automaticSync'];
  lastRun?: Partial<Run>;
  /** People who wait for one of 100 seats. */
  waiting?: number;
  heldRoles?: number;
  rolesBeside?: number;
}

function overviewOf(given: Given) {
  const { pending, guard, groups, users = 500, neverMembers = 0 } = given;
  const { automaticSync = 'on', lastRun, waiting, heldRoles = 0, rolesBeside = 0 } = given;
  return {
    pending: { ...none, ...pending },
    pendingGroups: { changing: 0, suppressed: 0, ...groups },
    removalGuard: { ...noRemovals, ...guard },
    directory: { users, neverMembers, groups: 0 },
    seats:
      waiting === undefined ? null : { limit: 100, beyond: 'hold' as const, used: 100, taking: 0, waiting },
    heldRoles,
    rolesBeside,
    automaticSync,
    lastRun: (lastRun ?? null) as Run | null,
  };
}

describe('what the page of a member asks', () => {
  const member = { displayName: 'Ada', email: 'ada@example.com', access: 'granted', suspension: null };
  const suspension = { at: '', by: 'admin@example.com', reason: null };
  it.each([
    [
      'deactivate',
      {},
      'Deactivate Ada?',
      'Ada loses access immediately. You can reactivate them at any time.',
    ],
    [
      'deactivate',
      { access: 'suspended', suspension },
      'Deactivate Ada?',
      'You can reactivate them at any time.',
    ],
    ['reactivate', { access: 'ended' }, 'Reactivate Ada?', 'Ada gets access again immediately.'],
    [
      'reactivate',
      { access: 'ended', suspension },
      'Reactivate Ada?',
      'Ada gets access again once the suspension is lifted.',
    ],
    [
      'remove',
      {},
      'Remove Ada?',
      'Ada loses access and leaves all groups, and their address becomes free. This cannot be undone.',
    ],
    [
      'remove',
      { access: 'ended' },
      'Remove Ada?',
      'Ada leaves all groups, and their address becomes free. This cannot be undone.',
    ],
  ] as const)('before it lets an admin %s: %j', (action, more, title, text) => {
    const words = statusActWords(action, { ...member, ...more } as unknown as Member);
    expect([words.title, words.text].map(english)).toEqual([title, text]);
  });
});

describe('the first card of the overview', () => {
  it.each<[string, Given, string, string, string]>([
    [
      'nobody came',
      { users: 0 },
      'No users received yet',
      'Users appear here as soon as your identity provider sends them.',
      'Open the preview',
    ],
    [
      'only people came who are not to be members, and nothing was ever synchronized',
      { users: 2, neverMembers: 2, automaticSync: 'not_started' },
      'Nothing is waiting to be synchronized',
      '2 people are inactive in your identity provider and are not members.',
      'Open the preview',
    ],
    [
      'all is done',
      {},
      'Everything is synchronized',
      'Members match everything received from your identity provider. New changes appear here automatically.',
      'Open the preview',
    ],
    [
      'some were never members',
      { neverMembers: 12 },
      'Everything is synchronized',
      'Members match everything received from your identity provider. New changes appear here automatically. 12 people are inactive in your identity provider and are not members.',
      'Open the preview',
    ],
    [
      'changes wait for the night',
      { pending: { create: 2, update: 1 } },
      '3 users available to be synced',
      'Review the changes and synchronize now, or wait for the next automatic synchronization.',
      'Review and synchronize',
    ],
    [
      'nothing runs by itself',
      { pending: { create: 1 }, automaticSync: 'paused' },
      '1 user available to be synced',
      'Review the changes, then synchronize. Nothing happens until you do.',
      'Review and synchronize',
    ],
    [
      'changes, and others in conflict, suppressed and excluded',
      { pending: { update: 1, conflict: 1, suppressed: 2, excluded: 1 } },
      '1 user available to be synced',
      'Review the changes and synchronize now, or wait for the next automatic synchronization. 1 person cannot be synchronized because of a conflict. Changes to 2 people were undone or rejected. They stay that way until your identity provider sends something newer or you allow them again. 1 person is excluded from synchronization.',
      'Review and synchronize',
    ],
    [
      'people wait for a seat',
      { pending: { held: 400 }, waiting: 400 },
      'Everything else is synchronized',
      '',
      'Open the preview',
    ],
    [
      'people are held because of their roles',
      { pending: { held: 2 }, heldRoles: 2 },
      'Nothing is waiting to be synchronized',
      '2 people are held because of their roles. Nothing else is pending.',
      'Open the preview',
    ],
    [
      'a run was undone',
      { pending: { suppressed: 3000, conflict: 1 } },
      '1 person is waiting for your decision',
      '1 person cannot be synchronized because of a conflict. Changes to 3,000 people were undone or rejected. They stay that way until your identity provider sends something newer or you allow them again. Nothing else is pending.',
      'Review and decide',
    ],
    [
      'everybody is kept out',
      { pending: { suppressed: 1, excluded: 2 } },
      'Nothing is waiting to be synchronized',
      'A change to 1 person was undone or rejected. It stays that way until your identity provider sends something newer or you allow it again. 2 people are excluded from synchronization. Nothing else is pending.',
      'Open the preview',
    ],
    [
      'everybody is in step, and a run with groups was undone',
      { groups: { suppressed: 52 } },
      'Nothing is waiting to be synchronized',
      'Changes to 52 groups were undone. They stay that way until your identity provider renames the groups or you allow them again. Nothing else is pending.',
      'Open the preview',
    ],
    [
      'only groups change',
      { groups: { changing: 1 } },
      '1 group available to be synced',
      'Review the changes and synchronize now, or wait for the next automatic synchronization.',
      'Review and synchronize',
    ],
    [
      'deactivations are held',
      { pending: { held: 81 }, guard: { held: 81, limitExceeded: true } },
      'Everything else is synchronized',
      '',
      'Open the preview',
    ],
    [
      'deactivations are held, and others are in conflict',
      { pending: { held: 81, conflict: 2 }, guard: { held: 81, limitExceeded: true } },
      '2 other people are waiting for your decision',
      '2 people cannot be synchronized because of conflicts.',
      'Review and decide',
    ],
    [
      'deactivations will be held, and nothing can be decided yet',
      { pending: { held: 2 } },
      'Deactivations that will be held are pending',
      'Review the changes and synchronize now, or wait for the next automatic synchronization.',
      'Review and synchronize',
    ],
    [
      'a run is under way',
      { pending: { create: 9 }, lastRun: { state: 'running', total: 3000, done: 1200 } },
      'Synchronizing …',
      '1,200 of 3,000 people',
      'Open the preview',
    ],
  ])('says what is so when %s', (_, given, title, text, action) => {
    const words = availableWords(overviewOf(given));
    expect([english(words.title), english(words.text), en[words.action]]).toEqual([title, text, action]);
    expect(german([words.title, ...words.text])).not.toMatch(/[{}]|undefined/);
  });

  it.each<[Given, HeldAccess]>([
    [{ pending: { held: 5 } }, 'suspend'],
    [{ pending: { held: 5, create: 1 }, automaticSync: 'paused' }, 'keep'],
    [{ pending: { held: 5 }, groups: { changing: 1 } }, 'keep'],
    [{ pending: { held: 5 }, guard: { held: 5, limitExceeded: true, lostAccess: 2 } }, 'keep'],
    [{ pending: { held: 7 }, guard: { held: 5 }, waiting: 2 }, 'suspend'],
    [{ pending: { held: 4 }, waiting: 4 }, 'suspend'],
    [{ pending: { held: 4, conflict: 1, excluded: 1 }, waiting: 2, heldRoles: 2 }, 'keep'],
  ])('says nothing that a notice above it says: %j', (given, access) => {
    const overview = overviewOf(given);
    const card = availableWords(overview);
    const guard = guardWords(overview, access);
    const notices = [
      ...(guard === null ? [] : [guard.title, ...guard.text]),
      ...(given.waiting === undefined ? [] : [say('seats.waitNow', { count: given.waiting })]),
    ];
    const said = [card.title, ...card.text].map(english);
    expect(said.filter((sentence) => notices.map(english).includes(sentence))).toEqual([]);
  });

  it('says how many more will be held where the notice tells of those who are held already, and never that only they are pending', () => {
    const guard = { held: 5, limitExceeded: true, lostAccess: 2 };
    const { title } = availableWords(overviewOf({ pending: { held: 7 }, guard }));
    expect(english(title)).toBe('2 deactivations will be held');
    const undecided = availableWords(overviewOf({ pending: { held: 2, conflict: 1 } }));
    expect(english([undecided.title, ...undecided.text])).toMatch(/^Deactivations .* conflict/);
  });

  it('counts who waits for a decision beside the deactivations that a notice above tells of', () => {
    const words = (held: number, conflict: number) => {
      const { title } = availableWords(overviewOf({ pending: { held, conflict }, guard: { held } }));
      return [english(title), german(title)];
    };
    expect(words(5, 1)).toEqual([
      '1 other person is waiting for your decision',
      '1 weitere Person wartet auf Ihre Entscheidung',
    ]);
    expect(words(5, 2)[0]).toBe('2 other people are waiting for your decision');
    expect(words(0, 1)[0]).toBe('1 person is waiting for your decision');
  });

  it('advises nobody to synchronize while the first people still arrive', () => {
    const words = availableWords(overviewOf({ pending: { create: 610 } }), true);
    expect([english([words.title, ...words.text]), words.isMain]).toEqual([
      'People may still be arriving Review and synchronize once everyone has arrived.',
      false,
    ]);
  });

  it('says how many have arrived once on a page, by the number received: what is counted later does not fit to it', () => {
    const overview = overviewOf({ pending: { create: 276, conflict: 8 }, users: 284 });
    const card = availableWords(overview, true);
    expect(card.hasNumbers).toBe(false);
    expect(english([card.title, ...card.text])).not.toMatch(/276|284/);
    expect(availableWords(overview).hasNumbers).toBe(true);
    const finding = titleWords({ code: 'first-cycle-running' }, overview);
    expect(finding && [english(finding), german(finding)]).toEqual([
      'The first people have arrived: 284 so far',
      'Die ersten Personen sind angekommen: bisher 284',
    ]);
    expect(titleWords({ code: 'first-cycle-running' }, undefined)).toBeNull();
    expect(titleWords({ code: 'token-cut' }, overview)).toBeNull();
  });

  it('never says that all is synchronized while anything is pending or withheld', () => {
    for (const kind of pendingKinds) {
      const { title, text } = availableWords(overviewOf({ pending: { [kind]: 1 } }));
      expect([kind, english([title, ...text])]).not.toEqual([
        kind,
        expect.stringMatching(/Everything is synchronized|Members match everything/),
      ]);
    }
  });

  it('never says so either while anything about groups is pending or withheld', () => {
    for (const kind of ['changing', 'suppressed'] as const) {
      const given = overviewOf({ groups: { [kind]: 1 } });
      const { title, text } = availableWords(given);
      expect(english([title, ...text])).not.toMatch(/Everything is synchronized|Members match everything/);
      expect(emptyPreview(false, given)).toBe('groups');
    }
  });

  it('leads to conflicts and excluded people in the directory, and to what is decided together in the preview', () => {
    expect(pendingKinds.map((kind) => placeOfKind(kind).replace('/user-provisioning/', ''))).toEqual([
      'synchronize?kind=create',
      'synchronize?kind=link',
      'synchronize?kind=update',
      'synchronize?kind=reactivate',
      'synchronize?kind=deactivate',
      'synchronize?kind=remove',
      'directory?state=conflict',
      'synchronize?kind=held',
      'synchronize?kind=suppressed',
      'directory?state=excluded',
    ]);
  });
});

describe('the notice about the safeguard', () => {
  it.each<[string, Given, 'suspend' | 'keep', string | null]>([
    ['nothing is held', {}, 'suspend', null],
    ['people lost access within the limit', { guard: { lostAccess: 5 } }, 'suspend', null],
    [
      'people are held because of their roles, and the safeguard holds nobody',
      { pending: { held: 2 }, heldRoles: 2 },
      'suspend',
      null,
    ],
    [
      'some are held and suspended',
      { pending: { held: 81 }, guard: { held: 81, lostAccess: 99, limitExceeded: true } },
      'suspend',
      '81 deactivations are waiting for your approval 99 people lost access before the safeguard stepped in. 81 people are held: their access is suspended until you decide.',
    ],
    [
      'one is held and keeps access, and nobody lost it',
      { pending: { held: 1 }, guard: { held: 1, limitExceeded: true } },
      'keep',
      '1 deactivation is waiting for your approval 1 person is held and keeps access until you decide.',
    ],
    [
      'some will be held',
      { pending: { held: 3, deactivate: 1 } },
      'suspend',
      '3 deactivations will be held The next synchronization carries out 1 deactivation. 3 more exceed what your safeguard allows within 24 hours. These people will be held, with their access suspended, until you decide.',
    ],
    [
      'some will be held, and others had lost access before the held ones were rejected',
      { pending: { held: 2 }, guard: { lostAccess: 596, limitExceeded: true } },
      'suspend',
      '2 deactivations will be held They exceed what your safeguard allows within 24 hours. These people will be held, with their access suspended, until you decide. 596 people lost access before the safeguard stepped in.',
    ],
    [
      'one will be held, and nobody else leaves',
      { pending: { held: 1 } },
      'keep',
      '1 deactivation will be held It exceeds what your safeguard allows within 24 hours. This person will be held and keep access until you decide.',
    ],
    [
      'the held ones were rejected, and others had lost access before',
      { guard: { lostAccess: 2, limitExceeded: true } },
      'suspend',
      'More people left at once than your safeguard allows 2 people lost access before the safeguard stepped in.',
    ],
    ['everybody was brought back', { guard: { limitExceeded: true } }, 'suspend', null],
    [
      'one is held, and another will be, as while automatic synchronization is paused',
      { pending: { held: 2 }, guard: { held: 1, limitExceeded: true } },
      'suspend',
      '1 deactivation is waiting for your approval 1 person is held: their access is suspended until you decide. The next synchronization will hold 1 more.',
    ],
    [
      'people wait for a seat, and the safeguard holds nobody',
      { pending: { held: 4 }, waiting: 4 },
      'keep',
      null,
    ],
  ])('says what is so when %s', (_, given, access, text) => {
    const words = guardWords(overviewOf(given), access);
    expect(words && english([words.title, ...words.text])).toBe(text);
  });

  it.each<[Given, boolean]>([
    [{ guard: { held: 81, lostAccess: 99, limitExceeded: true } }, true],
    [{ guard: { lostAccess: 99, limitExceeded: true } }, true],
    [{ pending: { held: 2 }, guard: { lostAccess: 99, limitExceeded: true } }, true],
    [{ pending: { held: 2 }, guard: { lostAccess: 99 } }, false],
  ])('offers to bring back who lost access by mistake, whatever else is ahead: %j', (given, offers) => {
    expect(guardWords(overviewOf(given), 'suspend')?.bringsBack).toBe(offers);
  });

  it('may be put aside once everything is decided, not before', () => {
    const rejected = { lostAccess: 2, limitExceeded: true };
    expect(guardWords(overviewOf({ guard: rejected }), 'suspend')?.isOver).toBe(true);
    expect(guardWords(overviewOf({ guard: { ...rejected, held: 1 } }), 'suspend')?.isOver).toBe(false);
    expect(guardWords(overviewOf({ guard: rejected, pending: { held: 1 } }), 'suspend')?.isOver).toBe(false);
  });

  it.each([
    [2, 0, true],
    [1, 23, true],
    [3, 0, false],
    [2, 24, false],
  ])('stays put aside while no more people lost access, for a day: %d after %d h', (lost, hours, isAside) => {
    const at = 1_000_000;
    expect(isPutAside(putAside(2, at), lost, at + hours * 3_600_000)).toBe(isAside);
    expect(isPutAside(null, lost, at)).toBe(false);
    expect(isPutAside('{"lostAccess":', lost, at)).toBe(false);
  });

  it.each([1, 3])('promises access to nobody of %d who has no seat or address, or is suspended', (count) => {
    const text = say('bringBack.text', { count });
    expect(english(text)).toMatch(
      /address or seat is taken .* suspended get access once the suspension is lifted/,
    );
    expect(german(text)).toMatch(
      /Adresse oder Platz inzwischen vergeben .* gesperrt ist, erhält den Zugang, sobald/,
    );
  });

  it.each<[number, string, 'hold' | 'allow' | null, string, string, boolean]>([
    [3, 'all of them without limited seats', null, 'Bring 3 people back', '', false],
    [200, 'all of them where there may be more than seats', 'allow', 'Bring 200 people back', '', false],
    [3, 'all of them where seats are free', 'hold', 'Bring 3 people back', '', false],
    [
      100,
      'as many as there are seats',
      'hold',
      'Bring 10 people back',
      'Only 10 seats are free: 90 further people stay without access.',
      false,
    ],
  ])('offers to bring back of %d people %s', (lostAccess, _, beyond, action, said, isRefused) => {
    const seats = beyond && { limit: 100, beyond, used: 90, taking: 0, waiting: 0 };
    const words = bringBackWords({ ...overviewOf({ guard: { lostAccess } }), seats });
    expect(words && english(words.action)).toBe(action);
    expect(words?.text.map(english).join(' ')).toContain(said);
    expect(words?.text).toHaveLength(said === '' ? 1 : 2);
    expect(words?.refusal !== null).toBe(isRefused);
  });

  it('does not offer to bring anybody back while no seat is free, and says why', () => {
    const seats = { limit: 100, beyond: 'hold' as const, used: 100, taking: 0, waiting: 0 };
    const overview = { ...overviewOf({ guard: { lostAccess: 2 } }), seats };
    const { refusal } = bringBackWords(overview) ?? { refusal: null };
    expect(refusal && english(refusal)).toBe(
      'All seats are taken. These people can be brought back once seats are free.',
    );
    expect(bringBackWords({ ...overview, ...overviewOf({}) })).toBeNull();
  });

  it.each<[number, HeldAccess]>([
    [1, 'suspend'],
    [3, 'suspend'],
    [1, 'keep'],
    [3, 'keep'],
  ])('promises access by a rejection to nobody of %d who is suspended: %s', (count, access) => {
    const { text } = decisionWords('reject', { count }, access);
    expect(english(text)).toMatch(/suspended .* once the suspension is lifted/);
    expect(german(text)).toMatch(/gesperrt.*, sobald die Sperre aufgehoben ist/);
  });

  it.each([1, 3])('does not say of %d held that no further deactivation is possible now', (count) => {
    // Who was brought back counts no more: what the safeguard allows today is another number.
    expect(english(say('held.advice', { count }))).toMatch(/^Your safeguard did not allow that many/);
    expect(german(say('held.advice', { count }))).toMatch(/^Das waren mehr Deaktivierungen, als Ihr Schutz/);
  });

  it('counts among those to be brought back nobody who is excluded', () => {
    expect(broughtBackIn(overviewOf({ guard: { lostAccess: 3, lostAccessExcluded: 1 } }))).toBe(2);
    expect(broughtBackIn(overviewOf({ guard: { lostAccess: 1, lostAccessExcluded: 1 } }))).toBe(0);
  });

  it('says on the page of a run what that run did', () => {
    const note = { code: 'people-wait-for-seat', params: { count: 4 }, text: '' };
    const held = { ...run('awaiting_approval'), counts: { ...none, held: 7, deactivate: 1 }, notes: [note] };
    expect(english(heldInRunWords(held, 'keep').text)).toMatch(
      /^This run carried out 1 deactivation\. 3 people are held and keep access/,
    );
  });

  it('says of a run that only holds why there is no button that undoes it', () => {
    const held = { ...run('awaiting_approval'), counts: { ...none, held: 7 } };
    expect(english(heldInRunWords(held, 'suspend').text)).toMatch(
      /^This run carried out no deactivation\. It has not changed anything yet, so there is nothing to undo\. 7 people/,
    );
    expect(undoWords(held)).toBeNull();
  });

  it.each([
    [
      'approve',
      'suspend',
      { count: 2 },
      'Approve 2 deactivations?',
      'The suspended access of 2 people ends immediately. Those who are removed also leave their groups, and the others any group that your identity provider has taken them out of.',
      'Approve deactivations',
      '2 deactivations were carried out',
    ],
    [
      'approve',
      'keep',
      { count: 1, name: 'Ada' },
      'Approve the deactivation of Ada?',
      'This person loses access immediately. If they are removed, they also leave their groups; otherwise any group that your identity provider has taken them out of.',
      'Approve the deactivation',
      'The deactivation was carried out',
    ],
    [
      'reject',
      'suspend',
      { count: 1, name: 'Ada' },
      'Reject the deactivation of Ada?',
      'This person gets access back and keeps it until your identity provider sends something newer. If an admin has suspended them, they get it once the suspension is lifted.',
      'Reject',
      'The deactivation was rejected',
    ],
    [
      'reject',
      'keep',
      { count: 3 },
      'Reject 3 deactivations?',
      '3 people keep access until your identity provider sends something newer. Members that an admin has suspended get it once the suspension is lifted.',
      'Reject',
      '3 deactivations were rejected',
    ],
  ] as const)(
    'asks before it lets an admin %s, where access is to %s: %j',
    (decision, access, who, title, text, confirm, done) => {
      const words = decisionWords(decision, who, access);
      expect(words.isNamed).toBe('name' in who);
      expect([words.title, words.text, words.confirm, words.done].map(english)).toEqual([
        title,
        text,
        confirm,
        done,
      ]);
    },
  );
});

describe('the notice about seats', () => {
  it.each([
    [{ used: 2923, limit: 2930, taking: 7, waiting: 54 }, '7 of 61 people get a seat; 54 have to wait'],
    [{ used: 2930, limit: 2930, taking: 0, waiting: 1 }, '1 person is waiting for a seat'],
    [{ used: 10, limit: 2930, taking: 7, waiting: 0 }, null],
  ])('says who gets one and who waits: %j', (seats, title) => {
    const words = seatWords({ seats: { ...seats, beyond: 'hold' }, automaticSync: 'on' });
    expect(words && english(words.title)).toBe(title);
  });

  it.each([
    ['on', /next in line automatically\./, /geht automatisch an/],
    ['paused', /next in line when you synchronize\./, /wenn Sie synchronisieren\./],
    ['not_started', /next in line when you synchronize\./, /wenn Sie synchronisieren\./],
  ] as const)(
    'says how the next in line gets one: automatic synchronization is %s',
    (automaticSync, en, de) => {
      const seats = { limit: 10, beyond: 'hold', used: 10, taking: 0, waiting: 2 } as const;
      const text = seatWords({ seats, automaticSync })?.text ?? say('seats.full');
      expect(english(text)).toMatch(en);
      expect(german(text)).toMatch(de);
    },
  );
});

describe('the notice about limits', () => {
  const quota = (name: 'users' | 'members', used: number) => ({ name, used, max: 100 });

  it.each([
    [79, 0, null],
    [89, 0, null],
    [90, 0, 'warning: A limit of this workspace is almost reached: users'],
    [95, 92, 'warning: 2 limits of this workspace are almost reached: users, members'],
    [100, 0, 'bad: A limit of this workspace is reached: users'],
    [95, 100, 'bad: A limit of this workspace is reached: users, members'],
    [101, 100, 'bad: 2 limits of this workspace are reached: users, members'],
  ])(
    'names all that are nearly or fully used: at %i %% of users and %i %% of members',
    (users, members, text) => {
      const words = quotaWords([quota('users', users), quota('members', members)]);
      const names = words?.quotas.map(({ name }) => name).join(', ');
      expect(words && `${words.tone}: ${english(words.title)}: ${names}`).toBe(text);
      expect(words === null ? '' : german(words.title)).not.toMatch(/[{}]|undefined/);
    },
  );

  it.each([
    [79, 0, 'hold', null],
    [89, 0, 'hold', null],
    [90, 0, 'hold', 'Almost all seats are taken'],
    [99, 0, 'hold', 'Almost all seats are taken'],
    [100, 0, 'hold', 'All seats are taken'],
    [100, 0, 'allow', null],
    [100, 3, 'hold', null],
  ] as const)(
    'says of %i seats of 100 that few are left, while %i people wait: %s',
    (used, waiting, beyond, text) => {
      const words = fullSeatsWords({ seats: { used, limit: 100, taking: 0, waiting, beyond } });
      expect(words && english(words.title)).toBe(text);
      expect(words === null ? '' : german(words.text)).not.toMatch(/[{}]|undefined/);
    },
  );
});

describe('the question before a synchronization', () => {
  const groupsOf = (...kinds: GroupChange['kind'][]) => kinds.map((kind) => ({ kind }));
  const plan = (pending: Partial<Pending>, more: Partial<RunPlan> = {}): RunPlan => ({
    pending: { ...none, ...pending },
    groupChanges: [],
    heldAhead: 0,
    waiting: { seat: 0, role: 0 },
    rolesBeside: 0,
    startsAutomation: false,
    isArriving: false,
    ...more,
  });

  it.each<[RunPlan, string, string[], string]>([
    [plan({ create: 1 }), 'Synchronize 1 user?', ['1 member is created'], 'You can undo the run afterwards.'],
    [
      plan(
        { create: 2, deactivate: 1, conflict: 1 },
        { groupChanges: groupsOf('create', 'create', 'rename'), startsAutomation: true },
      ),
      'Synchronize 3 users?',
      ['2 members are created', '1 member loses access', '2 groups are created', '1 group is renamed'],
      '1 person stays as they are because of a conflict. Deactivations beyond your safeguard are held until you approve them. You can undo the run afterwards. From then on, synchronization is automatic: on the schedule in the settings, and when someone leaves or returns. You can pause it there.',
    ],
    [
      plan({ deactivate: 1, held: 3 }, { heldAhead: 3 }),
      'Synchronize 1 user?',
      ['1 member loses access', '3 deactivations exceed your safeguard and are held until you decide'],
      'You can undo the run afterwards.',
    ],
    [
      plan({ update: 1, held: 5, suppressed: 2, excluded: 1 }, { heldAhead: 2 }),
      'Synchronize 1 user?',
      ['1 member is updated', '2 deactivations exceed your safeguard and are held until you decide'],
      '3 deactivations stay held until you decide. 2 people stay as they are because their changes were undone or rejected. 1 excluded person stays as they are. You can undo the run afterwards.',
    ],
    [
      plan({ update: 1, held: 58 }, { waiting: { seat: 55, role: 1 } }),
      'Synchronize 1 user?',
      ['1 member is updated'],
      '2 deactivations stay held until you decide. 55 people wait for a seat. 1 person is held because of a role. You can undo the run afterwards.',
    ],
    [
      plan({ held: 55 }, { waiting: { seat: 55, role: 0 } }),
      'Nothing left to synchronize',
      [],
      '55 people wait for a seat.',
    ],
    [
      plan({ update: 288 }, { groupChanges: groupsOf('delete', 'delete', 'members') }),
      'Synchronize 288 users?',
      ['288 members are updated', '2 groups are deleted here', 'The members of 1 group change'],
      'You can undo the run afterwards.',
    ],
    [
      plan({}, { groupChanges: groupsOf(...Array<'create'>(200).fill('create')) }),
      'Synchronize the groups?',
      ['At least 200 groups are created, renamed, deleted or get other members'],
      'You can undo the run afterwards.',
    ],
    [
      plan({}, { groupChanges: groupsOf('create', 'create') }),
      'Synchronize 2 groups?',
      ['2 groups are created'],
      'You can undo the run afterwards.',
    ],
    [
      plan({ held: 1 }, { heldAhead: 1 }),
      'Hold 1 deactivation?',
      ['1 deactivation exceeds your safeguard and is held until you decide'],
      '',
    ],
    [
      plan({ create: 610 }, { isArriving: true }),
      'Synchronize 610 users?',
      ['610 members are created'],
      'More people may still arrive from your identity provider. Those who arrive later are not part of this synchronization. You can undo the run afterwards.',
    ],
  ])('says what will be done: %j', (given, title, lines, notes) => {
    expect(english(confirmTitle(given))).toBe(title);
    expect(willDo(given).map(english)).toEqual(lines);
    expect(english(runNotes(given))).toBe(notes);
  });

  it.each<[RunPlan, string]>([
    [plan({ create: 1 }), 'Synchronize 1 user now'],
    [plan({ create: 2, held: 1 }), 'Synchronize 2 users now'],
    [plan({ held: 1 }, { heldAhead: 1 }), 'Synchronize'],
    [plan({}, { groupChanges: groupsOf('delete') }), 'Synchronize'],
  ])('names nobody where a run is about groups alone or holds somebody: %j', (given, text) => {
    const words = anywayWords(given);
    expect(words && english(words)).toBe(text);
    expect(english(changedWords(given))).toMatch(/synchronize everything as it is now/);
  });

  it.each([plan({}), plan({ held: 1 }), plan({ conflict: 2, suppressed: 1 })])(
    'offers no run where another one has carried out everything in the meantime: %j',
    (given) => {
      expect(anywayWords(given)).toBeNull();
      expect(english(changedWords(given))).toMatch(/Nothing is left to synchronize/);
      expect(german(changedWords(given))).toMatch(/nichts mehr zu synchronisieren/);
    },
  );

  it('counts people and seats as the list below does, since more may have come since the overview was read', () => {
    const overview = overviewOf({ pending: { held: 3 }, waiting: 3 });
    const seats = { limit: 100, beyond: 'hold' as const, used: 100, taking: 0, waiting: 5 };
    const listed = asListed(overview, { summary: { ...none, held: 5 }, seats });
    expect([listed.pending.held, planOf(listed, [], false).heldAhead, listed.seats?.waiting]).toEqual([
      5, 0, 5,
    ]);
    expect(asListed(overview, { summary: null, seats: null })).toBe(overview);
    expect(asListed(overview, undefined)).toBe(overview);
  });

  it('counts nobody as held who waits for a seat or a role', () => {
    const given = { pending: { update: 1, held: 9 }, guard: { held: 2 }, waiting: 3, heldRoles: 1 };
    expect(english(runNotes(planOf(overviewOf(given), [], false)))).toBe(
      '2 deactivations stay held until you decide. 3 people wait for a seat. 1 person is held because of a role. You can undo the run afterwards.',
    );
    expect(english(willDo(planOf(overviewOf(given), [], false)))).toMatch(/3 deactivations exceed/);
  });

  it('says how many get everything but their role', () => {
    const of = (rolesBeside: number) =>
      english(runNotes(planOf(overviewOf({ pending: { update: 200 }, rolesBeside }), [], false)));
    expect(of(0)).toBe('You can undo the run afterwards.');
    expect(of(1)).toMatch(/^The role of 1 person has to wait; everything else is carried out\./);
    expect(of(161)).toMatch(/^The roles of 161 people have to wait; everything else is carried out\./);
  });

  it.each<[Given, number, boolean]>([
    [{}, 0, false],
    [{ pending: { conflict: 1, suppressed: 1, excluded: 1 } }, 0, false],
    [{ pending: { held: 1 }, guard: { held: 1 } }, 0, false],
    [{ pending: { held: 1 } }, 0, true],
    [{ pending: { held: 1 }, heldRoles: 1 }, 0, false],
    [{ pending: { update: 1 } }, 0, true],
    [{}, 1, true],
  ])('can be asked only where a run would do something: %j and %i groups', (given, groups, can) => {
    expect(canSynchronize(overviewOf(given), groups)).toBe(can);
  });

  it.each([
    [true, 500, 'filtered'],
    [false, 500, 'inStep'],
    [false, 0, 'waiting'],
  ] as const)('explains an empty list, filtered %s of %i people: %s', (isFiltered, users, empty) => {
    expect(emptyPreview(isFiltered, overviewOf({ users }))).toBe(empty);
  });
});

describe('the buttons about one person', () => {
  type Person = Pick<Change, 'kind' | 'offers' | 'reason' | 'memberId'>;
  const person = (
    kind: Change['kind'],
    offers: Change['offers'],
    params = {},
    memberId: string | null = null,
  ): Person => ({
    kind,
    offers,
    memberId,
    reason: { code: 'any', text: '', params },
  });

  it.each<[string, Person, string[]]>([
    ['new', person('create', ['link', 'exclude']), ['link', 'exclude']],
    ['linked', person('update', ['exclude'], {}, 'm'), ['exclude']],
    [
      'in conflict with one member',
      person('conflict', ['link', 'send-address', 'exclude'], { memberId: 'm', name: 'Ada' }),
      ['linkCandidate', 'link', 'exclude'],
    ],
    [
      'in conflict with a member that is not there yet',
      person('conflict', ['link', 'exclude'], { candidates: [{ id: null, name: 'Ada' }] }),
      ['link', 'exclude'],
    ],
    [
      'in conflict and not to be linked',
      person('conflict', ['send-address', 'exclude'], { memberId: 'm', name: 'Ada' }),
      ['exclude'],
    ],
    ['refused by the database', person('conflict', ['retry', 'exclude']), ['exclude', 'retry']],
    ['given away', person('conflict', ['exclude', 'separate']), ['separate', 'exclude']],
    ['held', person('held', ['exclude'], {}, 'm'), ['approve', 'reject']],
    ['suppressed', person('suppressed', ['lift', 'exclude'], {}, 'm'), ['lift']],
    ['excluded', person('excluded', ['include']), ['include']],
    ['somebody with nothing to do', person('nothing', ['exclude'], {}, 'm'), ['exclude']],
  ])('are those that the service offers: %s', (_, given, actions) => {
    expect(actionsOf(given)).toEqual(actions);
  });
});

describe('what a run says', () => {
  const undoOf = (redoes: boolean) => ({ ...run('succeeded', 'undo'), undoes: { runId: 'r', redoes } });

  it.each<[Parameters<typeof undoWords>[0], string | null]>([
    [run('succeeded'), 'Undo: Undo this run?'],
    [run('awaiting_approval'), 'Undo: Undo this run?'],
    [undoOf(false), 'Redo: Redo what was undone?'],
    [undoOf(true), 'Undo: Undo this run?'],
    // What it goes back to is kept no longer, so that it may be either.
    [run('succeeded', 'undo'), 'Undo: Undo this run?'],
    [run('succeeded', 'manual', 0, { ...noGroups, create: 1 }), 'Undo: Undo this run?'],
    [run('succeeded', 'manual', 0), null],
    [run('running'), null],
    [run('undone'), null],
    [run('partially_undone'), null],
  ])('on the button that undoes it, where it can be: %j', (given, text) => {
    const words = undoWords(given);
    expect(words && `${english(words.action)}: ${english(words.title)}`).toBe(text);
  });

  const restored =
    'They stay that way until your identity provider sends something newer or you redo it. If it has sent something newer about them since this run, the next synchronization carries that out.';
  const withGroups = run('succeeded', 'manual', 2, { ...noGroups, create: 1 });
  it.each<[Parameters<typeof undoEffect>[0], Partial<Pending>, number, number, string, string | null]>([
    [
      run('succeeded'),
      { update: 2 },
      0,
      0,
      `2 people are restored to their previous state. ${restored}`,
      'Undo 2 changes',
    ],
    [
      run('succeeded'),
      { remove: 119, deactivate: 1, reactivate: 4, update: 10 },
      1,
      0,
      `134 people are restored to their previous state. ${restored} 119 people are removed. 1 person loses access. 4 people get access back. Those that an admin has suspended get it once the suspension is lifted. 1 change cannot be undone any more and stays as it is. Afterwards, this run says why.`,
      'Undo 134 changes',
    ],
    [
      run('awaiting_approval'),
      { remove: 1 },
      3,
      5,
      '1 person is restored to their previous state. They stay that way until your identity provider sends something newer or you redo it. If it has sent something newer about them since this run, the next synchronization carries that out. 1 person is removed. 5 deactivations that this run holds are rejected. 3 changes cannot be undone any more and stay as they are. Afterwards, this run says why.',
      'Undo 1 change',
    ],
    [run('awaiting_approval'), {}, 0, 1, '1 deactivation that this run holds is rejected.', 'Undo'],
    [run('succeeded'), {}, 3, 0, 'Nothing of this run can be undone any more.', null],
    [
      withGroups,
      { link: 1 },
      0,
      0,
      '1 person is restored to their previous state. They stay that way until your identity provider sends something newer or you redo it. If it has sent something newer about them since this run, the next synchronization carries that out. The groups are restored to their previous state, too, unless something else has changed since.',
      'Undo 1 change',
    ],
    [
      withGroups,
      {},
      0,
      0,
      'The groups are restored to their previous state, unless something else has changed since. They stay that way until your identity provider renames them or you allow the changes again.',
      'Undo',
    ],
    // Who joined or left a group is a change of theirs, which is kept.
    [
      run('succeeded', 'manual', 2, { ...noGroups, members: 1 }),
      {},
      2,
      0,
      'Nothing of this run can be undone any more.',
      null,
    ],
    [
      undoOf(false),
      { reactivate: 2 },
      0,
      0,
      '2 changes that this run undid are made again. None of them stays suppressed. 2 people get access back. Those that an admin has suspended get it once the suspension is lifted.',
      'Redo 2 changes',
    ],
    [
      { ...undoOf(false), groups: { ...noGroups, delete: 1 } },
      { reactivate: 1 },
      1,
      0,
      '1 change that this run undid is made again. It does not stay suppressed. 1 person gets access back. If an admin has suspended them, they get it once the suspension is lifted. The changes to groups are made again, too, unless something else has changed since. 1 change cannot be redone any more and stays undone. Afterwards, this run says why.',
      'Redo 1 change',
    ],
    [undoOf(false), {}, 1, 0, 'Nothing of this can be redone any more.', null],
  ])('of what its undo would do now: %j %j, %d kept, %d held', (given, counts, kept, held, text, confirm) => {
    const effect = undoEffect(given, { counts: { ...none, ...counts }, kept, held, heldAgain: 0 });
    expect(english(effect.text)).toBe(text);
    expect(effect.confirm && english(effect.confirm)).toBe(confirm);
  });

  it('of the deactivations that a redo holds again', () => {
    const preview = { counts: none, kept: 0, held: 0 };
    const effect = undoEffect(undoOf(false), { ...preview, heldAgain: 2 });
    expect([english(effect.text), effect.confirm && english(effect.confirm)]).toEqual([
      '2 deactivations are held again.',
      'Redo',
    ]);
  });

  it.each<[Parameters<typeof shownTrigger>[0], string, string]>([
    [run('succeeded'), 'Manual', 'Manuell'],
    [undoOf(false), 'Undo', 'Rücknahme'],
    [undoOf(true), 'Redo', 'Wiederherstellung'],
  ])('by its name, where an undo of an undo is a redo: %j', (given, inEnglish, inGerman) => {
    const name = say(`run.trigger.${shownTrigger(given)}`);
    expect([english(name), german(name)]).toEqual([inEnglish, inGerman]);
  });

  it.each([
    ['succeeded', 'good', 'Synchronization finished'],
    ['awaiting_approval', 'warning', 'Synchronization finished; some deactivations are waiting for you'],
    ['failed', 'bad', 'Synchronization failed'],
  ] as const)('when it is over: %s', (state, tone, title) => {
    const words = resultWords(run(state));
    expect([words.tone, english(words.title)]).toEqual([tone, title]);
  });

  it.each([
    ['manual', null, ['create', 'held', 'suppressed']],
    ['nightly', null, ['create', 'held', 'suppressed']],
    ['manual', { people: 2, groups: [] }, ['create', 'held']],
    ['leaver', null, ['create', 'held']],
    ['bring_back', null, ['create']],
    ['undo', null, ['create']],
  ] as const)(
    'names who was left as they are only where it looked at everybody: %s',
    (trigger, chosen, kinds) => {
      const counts = { ...none, create: 1, held: 2, suppressed: 8 };
      expect(kindsOf({ ...run('succeeded'), counts, trigger, chosen } as unknown as Run)).toEqual(kinds);
    },
  );

  it('counts who waits for a seat or a role apart from the deactivations that are held', () => {
    const waiting = (code: string, count: number) => ({ code, params: { count }, text: '' });
    const notes = [
      waiting('people-wait-for-seat', 50),
      waiting('roles-wait', 3),
      waiting('roles-wait-beside', 8),
    ];
    const all = { ...run('succeeded'), counts: { ...none, create: 1, held: 57 }, notes };
    expect([waitingIn(all), countIn(all, 'held'), kindsOf(all)]).toEqual([
      { seat: 50, role: 3 },
      4,
      ['create', 'held'],
    ]);
    expect(kindsOf({ ...all, counts: { ...none, create: 1, held: 53 } })).toEqual(['create']);
  });

  it('names who is held by an undo, where that holds anybody itself', () => {
    const counts = { ...none, create: 1, held: 2 };
    const redo = { ...run('awaiting_approval'), counts, trigger: 'undo' } as const;
    expect(kindsOf(redo)).toEqual(['create', 'held']);
  });

  it('when it was about some people only', () => {
    const { title } = resultWords({ ...run('succeeded'), chosen: { people: 2, groups: [] } });
    expect(english(title)).toBe('The chosen people are synchronized');
  });

  it('when it was about people who waited for a seat: nobody chose them', () => {
    const bySeat = { ...run('succeeded'), trigger: 'seat' as const, chosen: { people: 2, groups: [] } };
    expect(chosenOf(bySeat)).toBeNull();
    expect(english(resultWords(bySeat).title)).toBe('Synchronization finished');
  });

  it.each([
    ['create', undefined, 'Created', 'Angelegt'],
    ['deactivate', 'made', 'Deactivated', 'Deaktiviert'],
    ['deactivate', 'approved', 'Deactivated', 'Deaktiviert'],
    ['remove', 'undone', 'Removed', 'Entfernt'],
    ['deactivate', 'held', 'Deactivate', 'Deaktivieren'],
    ['deactivate', 'rejected', 'Deactivate', 'Deaktivieren'],
    ['conflict', 'made', 'Conflict', 'Konflikt'],
  ] as const)('of what it carried out as done, and of nothing else: %s %s', (kind, state, ...told) => {
    const text = say(doneKindText(kind, state));
    expect([english(text), german(text)]).toEqual(told);
  });

  it('while it goes on', () => {
    expect(english(progressWords(undefined))).toBe('Starting …');
    expect(english(progressWords({ total: 0, done: 0 }))).toBe('Starting …');
    expect(german(progressWords({ total: 3000, done: 1500 }))).toBe('1.500 von 3.000 Personen');
    const all = { total: 3000, done: 1500, trigger: 'manual' as const, chosen: null };
    expect(english(progressWords(all))).toBe('1,500 of 3,000 people checked');
    expect(english(progressWords({ ...all, trigger: 'undo' }))).toBe('1,500 of 3,000 people');
  });
});

describe('the ticks of a guide', () => {
  const seen = { contact: true, user: true, externalId: true, group: true };
  const ticked = (phases: readonly Phase[], signals: typeof seen) => {
    const done = donePhases(phases, signals);
    return phases.filter((_, at) => done[at]).map(({ title }) => title.en);
  };

  it('say nothing of what the requests do not show', () => {
    expect(ticked(entraGuide.phases, { ...seen, group: false })).toEqual([
      'Create the app',
      'Connect: URL, token, Test Connection',
      'Match users by object id',
      'Choose who comes',
      'Try one person',
    ]);
    expect(
      ticked(entraGuide.phases, { contact: false, user: false, externalId: false, group: false }),
    ).toEqual([]);
  });
});

describe('the button of a finding', () => {
  it.each<[Finding['code'], Finding['fix'], string | null]>([
    ['token-cut', { provider: 'other', steps: ['Paste it'] }, 'How to fix it'],
    ['token-cut', { provider: 'entra', steps: ['Paste it'] }, 'How to fix it in Microsoft Entra ID'],
    ['first-cycle-running', { provider: 'other', steps: [] }, null],
    [
      'first-cycle-running',
      { provider: 'entra', steps: ['The overview shows it'] },
      'Where to see it in Microsoft Entra ID',
    ],
  ])('offers to fix only what is wrong: %s %j', (code, fix, text) => {
    const words = stepsWords({ code, fix });
    expect(words && english(words)).toBe(text);
  });
});

describe('the finding that the first people still arrive', () => {
  it('is told until everybody was synchronized once, as others are always', () => {
    const states = ['not_started', 'on', 'paused'] as const;
    const everybody = { trigger: 'manual', chosen: null } as Run;
    const stateOf = (automaticSync: Overview['automaticSync']) => {
      return {
        automaticSync,
        lastRun: everybody,
        pending: none,
        sandbox: false,
        lastContact: { at: '', status: 200 },
      };
    };
    expect(states.map((state) => isTold({ code: 'first-cycle-running' }, stateOf(state), null))).toEqual([
      true,
      false,
      false,
    ]);
    expect(states.map((state) => isTold({ code: 'token-cut' }, stateOf(state), null))).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('the notices about contact and leavers', () => {
  it.each<[Overview['state'], boolean, Overview['automaticSync'], string]>([
    ['active', true, 'on', 'provisioning.intro'],
    ['active', false, 'on', 'provisioning.introOff'],
    ['active', true, 'not_started', 'provisioning.introOff'],
    ['active', true, 'paused', 'provisioning.introOff'],
    ['inactive', true, 'on', 'provisioning.introOff'],
    ['not_entitled', false, 'not_started', 'provisioning.introOff'],
  ])(
    'say that members are kept up to date only while they are: %s, %s, %s',
    (state, hasCome, automaticSync, text) => {
      const lastContact = hasCome ? { at: '2030-01-01T00:00:00Z', status: 200 } : null;
      expect(introWords({ state, lastContact, automaticSync }).text).toBe(text);
    },
  );

  it.each([
    [null, 'Waiting for first contact'],
    [200, null],
    [409, null],
    [404, null],
    [401, 'The last request from your identity provider was answered with 401'],
    [403, 'The last request from your identity provider was answered with 403'],
    [500, 'The last request from your identity provider was answered with 500'],
  ])('after an answer with %s', (status, title) => {
    const words = contactWords(
      {
        lastContact: status === null ? null : { status, at: '2026-01-01T00:00:00Z' },
      },
      false,
    );
    expect(words && english(words.title)).toBe(title);
  });

  it.each([
    [0, 'Your identity provider has ended no one’s access in the last 30 days.'],
    [1, '1 person in the last 30 days'],
    [4, '4 people in the last 30 days'],
  ])('when %i people left', (people, text) => {
    const timeToLeave = { people, days: 30, p50Seconds: null, p99Seconds: null, open: 0 };
    expect(english(leaversWords({ timeToLeave }))).toBe(text);
  });
});

describe('the notices about API tokens', () => {
  const now = Date.parse('2026-06-01T00:00:00Z');
  const at = (days: number) => new Date(now + days * 86_400_000).toISOString();
  const token = (id: string, more: Partial<Token>): Token => ({
    id,
    name: 'Entra',
    prefix: 'mcs_12345678',
    lastFour: id.repeat(4),
    state: 'active',
    createdBy: 'ada@example.com',
    createdAt: at(-300),
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: at(0),
    ...more,
  });
  const old = token('a', { expiresAt: at(0.9) });
  const fresh = token('b', { createdAt: at(-0.1), expiresAt: at(300), lastUsedAt: null });

  it.each<[string, Token[], string]>([
    ['none was made', [], ''],
    ['all is well', [token('a', { expiresAt: at(100) })], ''],
    ['none works', [token('a', { state: 'revoked' })], 'No active API token'],
    ['one ends soon', [token('a', { expiresAt: at(3) })], 'An API token expires soon'],
    [
      'a new one waits to be pasted',
      [old, fresh],
      'Paste the new API token ending in bbbb into your identity provider',
    ],
    ['the new one is in use', [old, { ...fresh, lastUsedAt: at(0) }], ''],
    [
      'another with the same name is no rotation',
      [token('a', { expiresAt: at(3) }), token('b', { createdAt: at(-200) })],
      'An API token expires soon',
    ],
    [
      'the new one ends soon, too',
      [old, { ...fresh, expiresAt: at(5), lastUsedAt: at(0) }],
      'An API token expires soon',
    ],
  ])('say what is to be done when %s', (_, tokens, titles) => {
    expect(
      tokenTroubles(tokens, [], now, true)
        .map(({ title }) => english(title))
        .join(' | '),
    ).toBe(titles);
  });

  it('never ask to rotate again what has just been rotated', () => {
    expect(
      tokenTroubles([old, fresh], [], now, true).map(({ rotates, endsAt }) => ({ rotates, endsAt })),
    ).toEqual([{ rotates: false, endsAt: at(0.9) }]);
    expect(
      [rotationWords(old, [old, fresh]), rotationWords(fresh, [old, fresh]), rotationWords(old, [old])].map(
        (each) => each && english(each),
      ),
    ).toEqual(['Replaced by the token ending in bbbb', 'Replaces the token ending in aaaa', null]);
  });

  it('warn of the last one before it is revoked', () => {
    expect(english(revokeWords(old, [old], []))).toMatch(/^This is the only active token/);
    expect(english(revokeWords(fresh, [old, fresh], []))).toMatch(
      /^The identity provider that uses it loses/,
    );
    expect(english(revokeWords(old, [old, { ...fresh, state: 'expired' }], []))).toMatch(
      /^This is the only active/,
    );
  });
});

describe('the page of a member', () => {
  const all = ['email', 'firstName', 'lastName', 'displayName', 'jobTitle', 'language', 'managerId'];
  const member = (more: Partial<Member>) =>
    ({ source: 'provisioning', status: 'active', provisionedFields: ['email'], ...more }) as Member;
  const inStep = { reason: { text: 'The member matches the directory: nothing to do.' } } as DirectoryUser;

  it.each<[Member, DirectoryUser | undefined, Overview['state'], string]>([
    [member({}), inStep, 'active', 'The member matches the directory: nothing to do.'],
    [member({}), undefined, 'active', 'Nothing to do: your identity provider has deleted this person.'],
    [
      member({ source: 'manual' }),
      undefined,
      'active',
      'Nothing to do: your identity provider has deleted this person.',
    ],
    [
      member({ source: 'manual', provisionedFields: [] }),
      undefined,
      'active',
      'Nothing to do: this member was added manually and does not come from your identity provider.',
    ],
    [
      member({ source: 'import', provisionedFields: [] }),
      undefined,
      'active',
      'Nothing to do: this member was imported and does not come from your identity provider.',
    ],
    [member({}), undefined, 'inactive', 'User provisioning is not active: nothing is synchronized.'],
  ])('says why the next synchronization does nothing', (given, person, state, text) => {
    expect(english(nothingPendingWords(given, person, state))).toBe(text);
  });

  it.each<[string, Partial<Member>, Pick<Property, 'key' | 'filledBy'>[], Overview['state'], boolean]>([
    ['some fields are free', {}, [], 'active', true],
    ['all are locked', { provisionedFields: all }, [], 'active', false],
    ['a property is free', { provisionedFields: all }, [{ key: 'site', filledBy: 'people' }], 'active', true],
    [
      'the only property is for provisioning',
      { provisionedFields: all },
      [{ key: 'site', filledBy: 'provisioning' }],
      'active',
      false,
    ],
    ['provisioning is switched off', { provisionedFields: all }, [], 'inactive', true],
    ['the member was removed', { status: 'removed' }, [], 'active', false],
  ])('offers a form only where something can be changed: %s', (_, more, properties, state, can) => {
    expect(isEditable(member(more), properties, state)).toBe(can);
  });

  it.each<[Member['status'], boolean, Overview['state'], string, string[]]>([
    ['active', false, 'active', 'active', ['deactivate', 'remove']],
    ['deactivated', false, 'active', 'deactivated', ['reactivate', 'remove']],
    ['active', true, 'active', 'managed', []],
    ['deactivated', true, 'active', 'managed-deactivated', ['remove']],
    ['active', true, 'inactive', 'active', ['deactivate', 'remove']],
    ['removed', true, 'active', 'removed', []],
  ])(
    'offers for many only what is not refused for all of them: %s, provisioned %s, %s',
    (status, isManaged, state, kind, actions) => {
      // As the service tells of them: the status is among the fields of nobody.
      const came = { source: 'provisioning', provisionedFields: [] } as const;
      const adopted = { source: 'manual', provisionedFields: ['email'] } as const;
      const own = { source: 'manual', provisionedFields: [] } as const;
      for (const member of isManaged ? [came, adopted] : [own])
        expect(bulkKind({ status, ...member, provisionedFields: [...member.provisionedFields] }, state)).toBe(
          kind,
        );
      expect(memberActionsFor([kind])).toEqual(actions);
    },
  );

  it('says that the identity provider manages many only where it does', () => {
    expect(noActionWords(['managed', 'managed'])).toEqual(say('bulk.managed'));
    expect(noActionWords(['removed', 'removed'])).toEqual(say('bulk.removed'));
  });

  it('says that fields are locked only while they are', () => {
    expect(
      [
        lockedWords(member({}), 'active', false),
        lockedWords(member({}), 'inactive', false),
        lockedWords(null, 'active', false),
      ].map(Boolean),
    ).toEqual([true, false, false]);
  });

  it('sends nobody to the identity provider for a person that it has deleted', () => {
    const [partly, wholly] = [true, false].map((isGone) => [
      lockedWords(member({}), 'active', isGone),
      allLockedWords(isGone),
    ]);
    expect(partly?.map((each) => each && english(each))).toEqual([
      'Your identity provider has deleted this person. The fields that it filled stay as they are.',
      'Your identity provider has deleted this person. Their fields stay as they are; you can remove the member.',
    ]);
    expect(wholly?.map((each) => each && english(each))).toEqual([
      'Fields that your identity provider manages can only be changed there.',
      'Your identity provider manages every field of this member. Make changes there.',
    ]);
  });

  it.each([1, 2])('says of %d members nothing about access that is not so of who has none', (count) => {
    const [again, off, away] = (['reactivate', 'deactivate', 'remove'] as const).map((action) => [
      english(say(`bulk.text.${action}`, { count })),
      german(say(`bulk.text.${action}`, { count })),
    ]);
    expect(again?.[0]).toMatch(/once the suspension is lifted/);
    expect(again?.[1]).toMatch(/sobald die Sperre aufgehoben ist/);
    for (const [inEnglish, inGerman] of [off, away].map((texts) => texts ?? [])) {
      expect(inEnglish).toMatch(/ha(s|ve) no access any more/);
      expect(inGerman).toMatch(/keinen Zugang mehr/);
    }
  });
});

describe('a moment', () => {
  const at = '2026-11-30T12:00:03.000Z';
  const moment = Date.parse(at);

  it('that has been does not lie ahead of a clock that is slow, and one to come not behind one that is fast', () => {
    expect([nowForPast(at, moment - 3_000), nowForPast(at, moment + 3_000)]).toEqual([
      moment,
      moment + 3_000,
    ]);
    expect([nowForFuture(at, moment + 3_000), nowForFuture(at, moment - 3_000)]).toEqual([
      moment,
      moment - 3_000,
    ]);
  });
});

describe('a list', () => {
  const page = (items: string[]) => ({ pages: [{ items }], pageParams: [''] });

  it.each([
    ['it has not come', undefined, true, false, true],
    ['another search found nobody', page([]), false, true, true],
    ['another search found somebody, who stays in sight', page(['Ada']), false, true, false],
    ['nobody was found', page([]), false, false, false],
  ])('says nothing of itself while %s', (_, data, isPending, isPlaceholderData, isUnknown) => {
    expect(isAwaited({ data, isPending, isPlaceholderData })).toBe(isUnknown);
  });
});

describe('the number of a list', () => {
  it.each<[Found, string, number]>([
    [{ count: 1, hasMore: false, isNarrowed: false }, '1 member', 1],
    [{ count: 12, hasMore: false, total: 12, isNarrowed: false }, '12 members', 12],
    [{ count: 3, hasMore: false, total: 3000, isNarrowed: true }, '3 of 3,000 members', 3],
    [{ count: 100, hasMore: true, total: 3000, isNarrowed: false }, '3,000 members', 3000],
    [{ count: 100, hasMore: true, total: 3000, isNarrowed: true }, 'More than 100 members', -1],
    [{ count: 100, hasMore: true, isNarrowed: false }, 'More than 100 members', -1],
    // Somebody came in between.
    [{ count: 13, hasMore: false, total: 12, isNarrowed: true }, '13 members', 13],
  ])('is exact where it is known: %j', (found, text, size) => {
    expect([english(foundWords(found, 'members')), setSize(found)]).toEqual([text, size]);
  });
});

describe('an input that does not fit', () => {
  const fits = { valueMissing: false, typeMismatch: false, patternMismatch: false, badInput: false };
  it.each([
    ['text', { valueMissing: true }, 'Bitte füllen Sie dieses Feld aus.'],
    ['email', { typeMismatch: true }, 'Bitte geben Sie eine E-Mail-Adresse ein, etwa name@example.com.'],
    [
      'url',
      { typeMismatch: true },
      'Bitte geben Sie eine vollständige Adresse ein, die mit https:// beginnt.',
    ],
    ['number', { badInput: true }, 'Bitte geben Sie eine Zahl ein.'],
    ['date', { badInput: true }, 'Bitte geben Sie ein Datum ein.'],
    ['text', { patternMismatch: true }, 'Bitte prüfen Sie Ihre Eingabe.'],
  ])('says so in the language of the page: %s %j', (type, validity, text) => {
    expect(german(invalidWords({ type, validity: { ...fits, ...validity } }))).toBe(text);
  });
});

describe('the time zones', () => {
  const winter = new Date('2026-01-15T12:00:00Z');
  const all = zonesOffered('Mars/Olympus_Mons', winter).flatMap((each) =>
    'items' in each ? each.items : [each],
  );
  const labelOf = (zone: string) => all.find(({ value }) => value === zone)?.label;

  it('are found by city, with their distance from UTC, and under the names of today', () => {
    expect(labelOf('Europe/Berlin')).toBe('Berlin (UTC+1)');
    expect(labelOf('America/Argentina/Salta')).toBe('Argentina, Salta (UTC-3)');
    const labels = all.map(({ label }) => label);
    expect(labels).toEqual(
      expect.arrayContaining(['Kyiv (UTC+2)', 'Kolkata (UTC+5:30)', 'Kathmandu (UTC+5:45)']),
    );
    expect(labels.filter((label) => /Kiev|Calcutta|Katmandu|Saigon|_/.test(label))).toEqual([]);
  });

  it('are all there, and the one that is set, once each', () => {
    expect(labelOf('Mars/Olympus_Mons')).toBe('Olympus Mons');
    expect(all.map(({ value }) => value).toSorted()).toEqual(
      ['Mars/Olympus_Mons', ...Intl.supportedValuesOf('timeZone')].toSorted(),
    );
    const berlin = zonesOffered('Europe/Berlin', winter).flatMap((each) =>
      'items' in each ? each.items : [each],
    );
    expect(berlin).toHaveLength(all.length - 1);
  });
});

describe('settings and groups', () => {
  const none = 'None has been carried out in the last 24 hours.';
  it.each([
    [100, 5, 498, 3, 'With 100 %, the safeguard holds no one.'],
    [0, 0, 498, 0, 'With 0 % and 0 people, every deactivation is held.'],
    [
      0,
      1,
      498,
      0,
      `As of today, 1 deactivation within 24 hours can be carried out, out of 498 members with access that your identity provider manages. Further ones are held. ${none}`,
    ],
    [
      20,
      10,
      498,
      1,
      'As of today, 99 deactivations within 24 hours can be carried out, out of 498 members with access that your identity provider manages. Further ones are held. 1 has been carried out in the last 24 hours; 98 more are possible.',
    ],
    [
      20,
      10,
      400,
      100,
      'As of today, 100 deactivations within 24 hours can be carried out, out of 400 members with access that your identity provider manages. Further ones are held. 100 have been carried out in the last 24 hours; the next one will be held.',
    ],
    [
      20,
      10,
      10,
      0,
      'As of today, the safeguard holds no one: your identity provider manages only 10 members with access.',
    ],
    [
      20,
      10,
      0,
      0,
      'As of today, the safeguard holds no one: your identity provider manages no members with access yet.',
    ],
    [20, 10, null, 0, ''],
    [20, 10, 498, null, ''],
  ])(
    'say what a safeguard of %i %% and %i people comes to with %j members and %j deactivations',
    (percent, atLeast, active, used, text) => {
      const words = guardSettingWords({ percent, atLeast }, active, used);
      expect(words.map((each) => english(each)).join(' ')).toBe(text);
      expect(words.map((each) => german(each)).join(' ')).not.toMatch(/[{}]|undefined/);
    },
  );

  it.each([
    [0, 'suspend', /No one loses access because of this\.$/],
    [
      1,
      'suspend',
      /1 deactivation is held: the access of this person stays suspended until .+ easier to approve or reject it first\.$/,
    ],
    [
      2,
      'keep',
      /2 deactivations are held: these people keep access until someone decides on the member page of each/,
    ],
  ] as const)(
    'say before provisioning is switched off what becomes of %i people who are held',
    (held, access, text) => {
      expect(english(deactivationWords(overviewOf({ guard: { held } }), access))).toMatch(text);
    },
  );

  it.each([
    [true, 0, 'No groups found Try another name, or clear the search and filters.'],
    [
      false,
      0,
      'No groups yet Assign groups in your identity provider. They appear here after the next synchronization.',
    ],
    [
      false,
      2,
      'No groups yet Your identity provider has sent 2 groups. They appear here after the next synchronization, unless the settings leave them out.',
    ],
  ])('say why there are no groups: searched %s, received %i', (isNarrowed, groups, text) => {
    const words = noGroupsWords(isNarrowed, {
      state: 'active',
      directory: { users: 1, neverMembers: 0, groups },
      pendingGroups: { changing: groups, suppressed: 0 },
    });
    expect(english([words.title, words.text])).toBe(text);
  });

  it.each(['inactive', 'not_entitled'] as const)(
    'speak of no synchronization while there can be none: %s',
    (state) => {
      const overview = {
        state,
        directory: { users: 1, neverMembers: 0, groups: 2 },
        pendingGroups: { changing: 2, suppressed: 0 },
      };
      const texts = [noGroupsWords(false, overview).text, noMembersWords(false, state).text];
      for (const text of texts) {
        expect(english(text)).not.toMatch(/[Ss]ynchroni[sz]/);
        expect(german(text)).not.toMatch(/[Ss]ynchronis/);
      }
      expect(texts.map((text) => /ctivate user provisioning/.test(english(text)))).toEqual(
        Array(2).fill(state === 'inactive'),
      );
      expect(english(nobodyInGroupWords(state))).toBe(
        'User provisioning is not active: nothing is synchronized.',
      );
    },
  );

  it('say that groups were undone, which do not come with the next synchronization', () => {
    const words = noGroupsWords(false, {
      state: 'active',
      directory: { users: 1, neverMembers: 0, groups: 60 },
      pendingGroups: { changing: 0, suppressed: 60 },
    });
    expect(english(words.text)).toMatch(/^Changes to 60 groups were undone\. .* you allow them again\.$/);
  });
});

describe('a property that was made for a suggestion', () => {
  const made = { id: 'p', key: 'site', name: 'Site' };
  const rule = (target: Rule['target']): Rule => ({
    source: 'title',
    transforms: [],
    target,
    when: 'always',
  });

  it.each<[Rule[], string]>([
    [[], '“Site”'],
    [[rule({ field: 'jobTitle' }), rule({ property: 'department' })], '“Site”'],
    [[rule({ property: 'site' })], ''],
  ])('is left over where no rule fills it: %j', (rules, names) => {
    expect(namesOf(unfilled([made], rules))).toBe(names);
  });
});

describe('the history of the attribute mapping', () => {
  it.each([
    [0, 'Restore the built-in rules', 'Mitgelieferte Regeln wiederherstellen'],
    [12, 'Restore version 12', 'Version 12 wiederherstellen'],
  ])(
    'calls version %i by its number, and those that come with the product the built-in rules',
    (version, en, de) => {
      const words = say('history.restoreLabel', { version });
      expect([english(words), german(words)]).toEqual([en, de]);
      for (const text of [
        'history.restoredFrom',
        'history.restored',
        'history.tryLabel',
        'history.tried',
      ] as const)
        expect(`${english(say(text, { version }))} ${german(say(text, { version }))}`).not.toMatch(
          /ersion 0/,
        );
    },
  );
});

describe('a change in one line', () => {
  const office = { key: 'office', type: 'select', options: [{ key: 'b', name: 'Berlin' }] };
  const properties = [office, { key: 'buddy', type: 'user' }] as unknown as Property[];
  const names = {
    t: (key: string) => en[key as keyof typeof en],
    roleName: () => 'Administrator',
    properties,
  };

  it.each<[string, unknown, unknown, string | null]>([
    ['role', null, 'admin', '– → Administrator'],
    ['access', 'granted', 'suspended', 'Granted → Suspended'],
    ['status', 'active', 'deactivated', 'Active → Deactivated'],
    ['properties.office', null, 'b', '– → Berlin'],
    ['properties.office', 'b', 'gone', 'Berlin → gone'],
    ['properties.offices', [], ['b', 'c'], '– → b, c'],
    ['properties.driver', false, true, 'No → Yes'],
    ['jobTitle', 'Clerk', '', 'Clerk → –'],
    // Who that is has to be looked up.
    ['managerId', null, '3a2c', null],
    ['properties.buddy', null, '3a2c', null],
  ])('names the values of %s as the screen does: %j, %j', (field, before, after, said) => {
    const change = { field, before, after } as Parameters<typeof saidOf>[0];
    expect(saidOf(change, names as Parameters<typeof saidOf>[1])).toBe(said);
  });
});

describe('the admin’s own e-mails', () => {
  const mine = { id: '1' } as Parameters<typeof mineWords>[0]['mine'];
  const mail = (available: boolean) => ({ available, from: null });

  it.each<[boolean, typeof mine, string, string]>([
    [true, mine, 'Sent to a@x.example. You can unsubscribe in every message.', 'Die E-Mails gehen an'],
    [true, null, 'You get no e-mails. Those that you choose here go to a@x.example.', 'Sie erhalten keine'],
    [false, mine, 'Nothing can be sent to a@x.example at the moment, because', 'Zurzeit kann nichts'],
  ])(
    'go where the page says, if any do: mail server %j, chosen %j',
    (available, chosen, inEnglish, inGerman) => {
      const words = mineWords({ mail: mail(available), mine: chosen }, 'a@x.example');
      expect(english(words)).toContain(inEnglish);
      expect(german(words)).toContain(inGerman);
    },
  );
});
