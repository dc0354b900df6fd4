import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Overview = Schemas['OverviewResponse'];
export type Session = Schemas['SessionResponse'];
export type ListedSession = Schemas['ListedSessionResponse'];
export type Quota = Schemas['QuotaResponse'];
export type Findings = Schemas['FindingsResponse'];
export type Finding = Schemas['FindingResponse'];
export type TokenAttempt = Schemas['TokenAttemptResponse'];
export type Pending = Schemas['PendingResponse'];
export type Change = Schemas['ChangeResponse'];
export type Explanation = Schemas['ExplainedChangeResponse'];
export type ConflictSide = Schemas['ConflictSideResponse'];
export type LinkCandidate = Schemas['LinkCandidateResponse'];
export type LinkEffect = Schemas['LinkEffectResponse'];
export type DirectoryUser = Schemas['DirectoryUserResponse'];
export type DirectoryState = DirectoryUser['state'];
export type LinkSuggestion = Schemas['LinkSuggestionResponse'];
export type Bulk = Schemas['BulkResponse'];
export type MovedPerson = Schemas['MovedPersonResponse'];
export type ChangeKind = Change['kind'];
export type FieldChange = Schemas['FieldChangeResponse'];
export type Run = Schemas['RunResponse'];
export type UndoPreview = Schemas['UndoPreviewResponse'];
export type RunChange = Schemas['RunChangeResponse'];
export type Member = Schemas['MemberResponse'];
export type Property = Schemas['PropertyResponse'];
export type MemberGroup = Schemas['MemberGroupResponse'];
export type Token = Schemas['TokenResponse'];
export type IssuedToken = Schemas['IssuedTokenResponse'];
export type OAuthClient = Schemas['OAuthClientResponse'];
export type IssuedOAuthClient = Schemas['IssuedOAuthClientResponse'];
export type Settings = Schemas['SettingsResponse'];
export type LogEntry = Schemas['ProvisioningLogEntryResponse'];
export type LoggedMeaning = LogEntry['meaning'];
export type LoggedRequest = Schemas['LoggedRequestResponse'];
export type ReadingNote = Schemas['ReadingNoteResponse'];
export type LoggedChange = Schemas['LoggedChangeResponse'];
export type Simulation = NonNullable<Schemas['SandboxResponse']['simulation']>;
export type AuditEntry = Schemas['AuditLogEntryResponse'];
export type TimelineEntry = Schemas['TimelineEntryResponse'];
export type Mapping = Schemas['MappingResponse'];
export type Rule = Schemas['RuleResponse'];
export type MemberRole = Schemas['MemberRoleResponse'];
export type RoleMapping = Schemas['RoleMappingResponse'];
export type RoleRule = Schemas['RoleRuleDto'];
export type RoleDraft = Pick<RoleMapping, 'default' | 'withoutGroup'> & { rules: RoleRule[] };
export type RolePreview = Schemas['RolePreviewResponse'];
export type RoleChange = Schemas['RoleChangeResponse'];
export type AttributeSource = Schemas['AttributeSourceResponse'];
export type MappingSuggestion = Schemas['MappingSuggestionResponse'];
export type MappingVersion = Schemas['MappingVersionResponse'];
export type MappingSummary = Schemas['MappingSummaryResponse'];
export type PreviewedPerson = Schemas['PreviewedPersonResponse'];
export type ActivityDay = Schemas['ActivityDayResponse'];
export type GroupChange = Schemas['PreviewedGroupResponse'];
export type RunGroupChange = Schemas['RunGroupChangeResponse'];
export type GroupsChoice = Schemas['GroupsChoiceResponse'];
export type DirectoryGroup = Schemas['DirectoryGroupResponse'];
export type Notifications = Schemas['NotificationsResponse'];
export type Channel = Schemas['ChannelResponse'];
export type AddedChannel = Schemas['AddedChannelResponse'];
export type NewChannel = Schemas['AddChannelDto'];
export type CauseKind = Channel['causes'][number];
export type NotificationMessage = Schemas['MessageResponse'];
/** A value of a member field or a property. */
export type FieldValue = string | number | boolean | string[] | null;

/** How somebody the identity provider sent may stand, in the order in which a filter offers them. */
export const directoryStates = [
  'available',
  'linked',
  'conflict',
  'held',
  'suppressed',
  'excluded',
  'left',
  'inactive',
  'unlinked',
] as const satisfies readonly DirectoryState[];

/** The kinds that a run carries out; the others are withheld. */
export const carriedOutKinds = ['create', 'link', 'update', 'reactivate', 'deactivate', 'remove'] as const;
/** The kinds that wait until an admin decides. */
export const withheldKinds = ['conflict', 'held', 'suppressed', 'excluded'] as const;
export type PendingKind = keyof Pending;
export const pendingKinds: readonly PendingKind[] = [...carriedOutKinds, ...withheldKinds];

/** How many people a run would change. */
export function availableIn(pending: Pending): number {
  return carriedOutKinds.reduce((sum, kind) => sum + pending[kind], 0);
}

/** How many people the preview lists. */
export function pendingIn(pending: Pending): number {
  return pendingKinds.reduce((sum, kind) => sum + pending[kind], 0);
}

/** Has the run come to its end? */
export function isOver(run: Pick<Run, 'state'>): boolean {
  return run.state !== 'queued' && run.state !== 'running';
}
