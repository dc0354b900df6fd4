import type { MappingProblem } from '../../attribute-mapping/mapping/map-attributes.ts';
import type { MemberSource } from '../../member-directory/members/member-status.ts';
import type { Sentence } from '../../errors/sentence.ts';
import type { ChangeKind } from './change-kind.ts';

/** What a reason may say besides; each has a sentence of its own. */
export type ReasonNotes = {
  emailChanged?: true;
  /** An admin suspends the member, which goes on. */
  suspended?: true;
  /** The names of the groups that give the role which the member gets. */
  roleBecause?: readonly string[];
  /** A role waits beside what is done. */
  roleWaits?: RoleReason;
  /** The names along a circle of managers. */
  managerCircle?: string;
  problems?: readonly MappingProblem[];
  /** The log reference of a write at the end of a run that the database refused. */
  refused?: string;
};

type Nothing = Record<never, never>;
type Reference = { reference: string };
type DueAt = { dueAt: string };
type Doing = { kind: ChangeKind | 'nothing' };
/** Who holds an address, or a member, that a person claims. */
type Holder = {
  email: string | null;
  memberId: string | null;
  directoryUserId: string | null;
  name: string;
};
type Found = { member: string; memberId: string };
type Received = { userName: string; externalId: string | null; version: string };

/** What the sentence about each conflict needs. */
type ConflictParams = {
  'missing-email': Nothing;
  'email-taken': Holder;
  'email-of-manual': Holder;
  'email-taken-by-former': Holder;
  'email-taken-by-hand': Holder;
  'two-candidates': { candidates: readonly { id: string | null; name: string }[] };
  'given-away': Holder & { by: string };
  'given-away-needs-address': Holder & { by: string };
  'given-away-free': Holder & { by: string };
  'write-refused': Reference & Doing;
};

/** Why a change is withheld. */
type WithheldParams = {
  'removal-guard': Doing & { cause: string; used: number; allowed: number };
  'no-seat': Doing & { limit: number };
  rejected: Doing & { heldAt?: string };
  undone: Doing & { runId: string };
  'brought-back': Doing & { runId?: string };
  excluded: { by?: string };
  'excluded-by-product': { text: string };
  /** Somebody with this userName, externalId or address was erased. */
  erased: { erasedAt: string };
  /** A link in this state whose reason was never stored. */
  conflict: Nothing;
  held: Nothing;
  waiting: Nothing;
  suppressed: Nothing;
};

/** Why somebody does not get, or lose, a role now; `role` is its name. */
type RoleParams = {
  'role-needs-review': { role: Sentence };
  'role-full': { role: Sentence; max: number };
  /** `kind`: what is held until an admin decides; without it, the role alone is. */
  'last-admin': { role: Sentence; kind?: ChangeKind | 'nothing' };
};

/** Why something changes, or nothing. */
type ChangeParams = {
  'new-person': Nothing;
  'attributes-changed': Nothing;
  'groups-changed': Nothing;
  'role-changed': Nothing;
  'role-lost': Nothing;
  'same-email': { source: MemberSource; email: string };
  'linked-by-admin': { source: MemberSource; email: string };
  returner: Nothing;
  reactivated: Nothing;
  'leaver-deactivated': { removalDueAt?: string };
  'leaver-deleted': { removalDueAt?: string };
  'leaver-without-role': { removalDueAt?: string };
  'grace-over': DueAt;
  'waits-for-removal': DueAt;
  undo: Doing & { runId: string };
  'in-step': Nothing;
  'suspended-by-admin': { by: string; since: string };
  gone: Nothing;
  'inactive-never-linked': Nothing;
  'without-role-never-linked': Nothing;
  released: { name: string; by: string };
  'already-left': Nothing;
  'came-back': Nothing;
  'not-queued': Nothing;
};

/** Why a change stays as it is, or a hold needs no decision any more. */
type KeptParams = {
  'changed-since': Nothing;
  'address-taken-since': Nothing;
  'approval-refused': Reference;
  'undo-refused': Reference;
  'came-back-since': Nothing;
  'linked-since': Nothing;
  'excluded-since': Nothing;
  'excluded-stays-off': Nothing;
  'no-seat-left': { limit: number };
  'last-admin-stays': Nothing;
  'role-not-free': Nothing;
};

/** Why a run failed. */
type FailureParams = {
  'run-failed': Partial<Reference>;
  'run-database-away': Reference;
  'run-not-active': Nothing;
  'run-given-up': { attempts: number };
};

/** What a run could not do as it should have, and for how many people or groups. */
type NoteParams = {
  'rule-too-costly': { target: string; rule: unknown; source: unknown; count: number };
  'role-rule-too-costly': { rule: unknown; source: unknown; count: number };
  'groups-refused': Reference & { count: number };
  'people-left-out': Reference & { count: number };
  'excluded-stay-off': { count: number };
  'no-seat-stay-off': { limit: number; count: number };
  'address-taken-stay-off': { count: number };
  'people-wait-for-seat': { count: number };
  'roles-wait': { count: number };
  'roles-wait-beside': { count: number };
};

/** The steps of an explanation. */
type StepParams = {
  'received-active': Received;
  'received-inactive': Received;
  'received-without-role': Received;
  'received-deleted': Nothing;
  'found-stored-link': Found;
  'found-linked-by-admin': Found;
  'found-returner': Found;
  'found-same-email': Found;
  'found-nobody': Nothing;
  'found-conflict': Nothing;
  'mapped-attributes': { version: number; count: number };
  'mapped-nothing': Nothing;
};

type ReasonOf<Params> = {
  [Code in keyof Params]: { code: Code; params: Params[Code] & ReasonNotes };
}[keyof Params];

export type RoleReason = {
  [Code in keyof RoleParams]: { code: Code; params: RoleParams[Code] };
}[keyof RoleParams];
export type ConflictReason = ReasonOf<ConflictParams>;
export type ConflictCode = ConflictReason['code'];
export type KeptReason = ReasonOf<KeptParams>;
export type RunFailureReason = ReasonOf<FailureParams>;
export type RunNote = ReasonOf<NoteParams>;
export type StepReason = ReasonOf<StepParams>;

/**
 * Why: a code that has a sentence in every language, and what the sentence needs. It is for people and for clients to
 * read; nothing is decided by it.
 */
export type Reason = ReasonOf<
  ConflictParams &
    WithheldParams &
    RoleParams &
    ChangeParams &
    KeptParams &
    FailureParams &
    NoteParams &
    StepParams
>;

/** A reason as it is shown, or as an earlier version stored it. */
export type ShownReason = {
  code: string;
  params: Record<string, unknown>;
};
