import { beforeAll, describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import type { AuditEntry, PendingKind } from '../../web/src/api/shapes.ts';
import { de } from '../../web/src/locales/de.ts';
import { en } from '../../web/src/locales/en.ts';
import type { Translate } from '../../web/src/locales/text-key.ts';

/** What is tested of the page; its files are for a browser, whose types are not those of the tests. */
interface Tested {
  auditDetails: (entry: AuditEntry, t: Translate) => { name: string; value: string }[];
  auditSentence: (entry: AuditEntry, t: Translate) => string;
  pathWords: (path: string, t: Translate) => string;
  knownPathWords: (path: string, t: Translate) => string | null;
  actionsFor: (kinds: readonly PendingKind[], held: number) => readonly string[];
  isCarriedOut: (kinds: readonly PendingKind[]) => boolean;
}

const load = async (file: string): Promise<unknown> => import(`../../web/src/${file}`);

let page: Tested;

/** The texts of the page are loaded as the page does it, which asks the browser for its language. */
beforeAll(async () => {
  const window = {
    addEventListener: () => undefined,
    location: { origin: 'http://localhost', hash: '#code=' },
  };
  Object.assign(globalThis, {
    document: { documentElement: {}, querySelector: () => null },
    // In no frame: it is its own parent. With the code of a link it asks nothing while it loads.
    window: Object.assign(window, { parent: window }),
    localStorage: { getItem: () => 'en', setItem: () => undefined },
  });
  const texts = (await load('i18n.ts')) as Record<'startTranslation' | 'loadMoreTexts', () => Promise<void>>;
  await texts.startTranslation();
  await texts.loadMoreTexts();
  const files = [
    'provisioning/audit/audit-details.ts',
    'provisioning/audit/audit-words.ts',
    'parts/text/attribute-name.ts',
    'sync/preview/preview-acts.ts',
  ];
  page = Object.assign({}, ...(await Promise.all(files.map(load)))) as Tested;
});

const wordsOf =
  (language: 'en' | 'de', texts: typeof en): Translate =>
  (key, values) =>
    String(
      new IntlMessageFormat(texts[key], language, undefined, { ignoreTag: true }).format(values as never),
    );
const english = wordsOf('en', en);
const german = wordsOf('de', de as typeof en);

describe('what an action of the audit log is told with', () => {
  const tell = (given: AuditEntry['details'], t = english) =>
    page.auditDetails({ details: given } as AuditEntry, t).map(({ name, value }) => `${name}: ${value}`);

  it('is, of settings, what changed and nothing else, before and after', () => {
    const before = { leavers: 'immediately', removalGuard: { percent: 20, atLeast: 10 }, linkByEmail: true };
    const after = { leavers: 'immediately', removalGuard: { percent: 25, atLeast: 10 }, linkByEmail: false };
    expect(tell({ before, after })).toEqual([
      'Share of members: 20 → 25',
      `${en['settings.linkByEmail']}: Yes → No`,
    ]);
  });

  it('has words for every setting and what it is set to', () => {
    const before = {
      schedule: { which: 'daily', everyHours: 4 },
      ...{ leavers: 'immediately', returners: 'immediately', onLeave: 'deactivate', heldLeavers: 'suspend' },
      absentActiveIsInactive: false,
      groups: { which: 'all', picked: [] },
      seatOrder: { by: 'first_come', groups: [] },
      privilegedRoles: 'reviewed',
    };
    const after = {
      schedule: { which: 'hours', everyHours: 2 },
      ...{ leavers: 'next_sync', returners: 'next_sync', onLeave: 'delete', heldLeavers: 'keep' },
      absentActiveIsInactive: true,
      groups: { which: 'picked', picked: ['3f2c', '77aa'] },
      seatOrder: { by: 'groups', groups: ['3f2c'] },
      privilegedRoles: 'immediately',
    };
    expect(tell({ before, after })).toEqual([
      'How often: Once a day → Every few hours',
      'Every: 4 → 2',
      'When they lose access: Within seconds → With the next synchronization',
      'When they get access back: Within seconds → With the next synchronization',
      'What happens to the member: Deactivated; everything is kept → Deactivated, then removed',
      'Access of people who are held: Suspended until you decide → Kept until you decide',
      'Treat a PUT without active as inactive: No → Yes',
      'Groups: All groups → Only groups that I choose',
      'Only groups that I choose: 0 groups chosen → 2 groups chosen',
      'Who gets a seat first: People who came into the directory first → The people of certain groups',
      'Groups that come first: 0 groups chosen → 1 group chosen',
      'When privileged roles are given: When an admin synchronizes → With every synchronization',
    ]);
  });

  it('has words for the kind of a channel, the language of messages and the link that ended them', () => {
    expect(tell({ kind: 'webhook', language: 'de', by: 'link' })).toEqual([
      'Kind: Any URL',
      'Language: Deutsch',
      'By: The link in an e-mail',
    ]);
  });

  it('shows what was not there before, or is no longer, as a dash', () => {
    expect(tell({ before: {}, after: { graceDays: 30 } })).toEqual([`${en['settings.graceDays']}: – → 30`]);
    expect(tell({ before: { graceDays: 30 }, after: {} })).toEqual([`${en['settings.graceDays']}: 30 → –`]);
  });

  it('is, of a mapping that was restored, the version, where 0 are the rules that come with the product', () => {
    expect(tell({ restoredFrom: 3 })).toEqual(['Restored from: Version 3']);
    expect(tell({ restoredFrom: 0 }, german)).toEqual(['Wiederhergestellt aus: Mitgelieferte Regeln']);
  });

  it.each([
    [{}, 'Undid a run', 'Hat eine Synchronisierung rückgängig gemacht'],
    [{ redoes: false }, 'Undid a run', 'Hat eine Synchronisierung rückgängig gemacht'],
    [
      { redoes: true },
      'Redid what an undo had reversed',
      'Hat wiederhergestellt, was zurückgenommen worden war',
    ],
  ])('calls the undo of an undo a redo, in its sentence alone: %j', (details, inEnglish, inGerman) => {
    const entry = { action: 'sync-run.undo-requested', target: 'r', details } as unknown as AuditEntry;
    expect([english, german].map((t) => page.auditSentence(entry, t))).toEqual([inEnglish, inGerman]);
    expect(tell(details)).toEqual([]);
  });

  it('is everything else by its name, lists in one line, and nothing that is empty', () => {
    expect(tell({ chosenPeople: 1200, chosenGroups: ['Sales', 'IT'], nothing: null, none: [] })).toEqual([
      `${en['audit.detail.chosenPeople']}: 1,200`,
      `${en['audit.detail.chosenGroups']}: Sales, IT`,
    ]);
  });

  it('tells who was meant by a search by its parts, in the words of the screen', () => {
    expect(tell({ people: 3, matching: { kind: 'suppressed', search: 'Anna' } })).toEqual([
      'People: 3',
      'Kind: Suppressed',
      'Search: Anna',
    ]);
    expect(tell({ causes: ['run_failed'] })).toEqual([`Topics: ${en['notifications.cause.run_failed']}`]);
  });

  it('has a moment as a time of the reader, and what has no word as it is written', () => {
    const [expires, other] = tell({ expiresAt: '2026-11-28T04:05:00.000Z', strange: { a: 1 } });
    expect(expires).toMatch(/: .*2026/);
    expect(expires).not.toMatch(/T04:05/);
    expect(other).toBe('strange: {"a":1}');
  });

  it('is German for a German', () => {
    expect(tell({ before: { linkByEmail: true }, after: { linkByEmail: false } }, german)).toEqual([
      `${de['settings.linkByEmail']}: Ja → Nein`,
    ]);
  });
});

describe('the buttons about those who are ticked', () => {
  it('are what the service can do about one of them; who will be held is not to be decided about before', () => {
    expect(page.actionsFor(['update', 'conflict'], 0)).toEqual(['link', 'retry', 'exclude']);
    expect(page.actionsFor(['held'], 3)).toEqual(['approve', 'reject']);
    expect(page.actionsFor(['held'], 0)).toEqual([]);
    expect(page.actionsFor(['suppressed', 'excluded'], 0)).toEqual(['lift', 'include']);
  });

  it('have them synchronized alone where a run would do something about one of them', () => {
    expect(page.isCarriedOut(['create', 'held'])).toBe(true);
    expect(page.isCarriedOut(['conflict', 'held', 'suppressed', 'excluded'])).toBe(false);
  });
});

describe('an attribute path', () => {
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:';

  it.each([
    ['userName', 'User name', 'Benutzername'],
    ['name.givenName', 'First name', 'Vorname'],
    ['name.formatted', 'Full name', 'Vollständiger Name'],
    ['emails.value', 'E-mail address', 'E-Mail-Adresse'],
    ['emails[primary eq true].value', 'E-mail address (primary)', 'E-Mail-Adresse (primär)'],
    ['emails[type eq "work"].value', 'E-mail address (work)', 'E-Mail-Adresse (geschäftlich)'],
    ['phoneNumbers[type eq "pager"].value', 'Phone number (pager)', 'Telefonnummer (pager)'],
    ['addresses[type eq "work"].locality', 'Address (work): city', 'Anschrift (geschäftlich): Ort'],
    ['addresses[type eq "work"].formatted', 'Address (work)', 'Anschrift (geschäftlich)'],
    [`${enterprise}employeeNumber`, 'Employee number', 'Personalnummer'],
    [`${enterprise}manager.value`, 'Manager', 'Führungskraft'],
    ['urn:example:params:2.0:User:workerType', 'Worker type', 'Worker type'],
    ['', '', ''],
  ])('is told in words: %s', (path, inEnglish, inGerman) => {
    expect(page.pathWords(path, english)).toBe(inEnglish);
    expect(page.pathWords(path, german)).toBe(inGerman);
  });

  it('gives a new property its name only where there is a word for it', () => {
    expect(page.knownPathWords(`${enterprise}costCenter`, german)).toBe('Kostenstelle');
    expect(page.knownPathWords('urn:example:params:2.0:User:workerType', german)).toBeNull();
  });
});
