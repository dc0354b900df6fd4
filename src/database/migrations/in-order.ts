import { Initial1790000000000 } from './1790000000000-initial.ts';
import { RuleSources1790000000300 } from './1790000000300-rule-sources.ts';
import { IndexedLookups1795000000000 } from './1795000000000-indexed-lookups.ts';
import { PropertyDuties1796000000000 } from './1796000000000-property-duties.ts';
import { LeanerWrites1796000000100 } from './1796000000100-leaner-writes.ts';
import { PlainColumns1796000000200 } from './1796000000200-plain-columns.ts';
import { LoggedBodies1797000000000 } from './1797000000000-logged-bodies.ts';
import { Sandboxes1797000000100 } from './1797000000100-sandboxes.ts';
import { LighterRuns1798000000000 } from './1798000000000-lighter-runs.ts';
import { SimulatedDays1798000000100 } from './1798000000100-simulated-days.ts';
import { RunNotes1814000000000 } from './1814000000000-run-notes.ts';
import { CursorKey1815000000000 } from './1815000000000-cursor-key.ts';
import { ReadingNotes1817000000000 } from './1817000000000-reading-notes.ts';
import { UnseenInNames1819000000000 } from './1819000000000-unseen-in-names.ts';
import { ChangesOfGroups1820000001000 } from './1820000001000-changes-of-groups.ts';
import { Returners1820000002000 } from './1820000002000-returners.ts';
import { AutomaticSync1820000002100 } from './1820000002100-automatic-sync.ts';
import { BringBack1820000002200 } from './1820000002200-bring-back.ts';
import { Suspensions1820000003000 } from './1820000003000-suspensions.ts';
import { FormerLinks1820000003100 } from './1820000003100-former-links.ts';
import { MemberSearch1820000004000 } from './1820000004000-member-search.ts';
import { RequestsByToken1820000005000 } from './1820000005000-requests-by-token.ts';
import { ErasedWorkspaces1820000005100 } from './1820000005100-erased-workspaces.ts';
import { StateBesideReasons1830000001000 } from './1830000001000-state-beside-reasons.ts';
import { Events1831000000000 } from './1831000000000-events.ts';
import { ExpiringTokens1831000000100 } from './1831000000100-expiring-tokens.ts';
import { ProductKeys1831000001000 } from './1831000001000-product-keys.ts';
import { ExternalIdsOfWorkspaces1831000001100 } from './1831000001100-external-ids-of-workspaces.ts';
import { MemberDigests1831000002000 } from './1831000002000-member-digests.ts';
import { Webhooks1831000003000 } from './1831000003000-webhooks.ts';
import { EventReceipts1831000004000 } from './1831000004000-event-receipts.ts';
import { MoreUnseenInNames1831000005000 } from './1831000005000-more-unseen-in-names.ts';
import { IdentityProviderFindings1832000000000 } from './1832000000000-identity-provider-findings.ts';
import { Notifications1833000000000 } from './1833000000000-notifications.ts';
import { DirectorySearch1834000000000 } from './1834000000000-directory-search.ts';
import { LogSearch1834000001000 } from './1834000001000-log-search.ts';
import { SuspendedMembers1835000001000 } from './1835000001000-suspended-members.ts';
import { Schedules1835000002000 } from './1835000002000-schedules.ts';
import { PilotRuns1835000003000 } from './1835000003000-pilot-runs.ts';
import { AuditedPeople1836000001000 } from './1836000001000-audited-people.ts';
import { LogDays1837000001000 } from './1837000001000-log-days.ts';
import { Sessions1837000002000 } from './1837000002000-sessions.ts';
import { NamedOperators1837000003000 } from './1837000003000-named-operators.ts';
import { OAuthClients1837000004000 } from './1837000004000-oauth-clients.ts';
import { AuditChain1840000001000 } from './1840000001000-audit-chain.ts';
import { ErasedPeople1840000002000 } from './1840000002000-erased-people.ts';
import { Retention1840000003000 } from './1840000003000-retention.ts';
import { TracesOfRuns1850000000000 } from './1850000000000-traces-of-runs.ts';
import { Seats1870000001000 } from './1870000001000-seats.ts';
import { SeatsHold1870000001100 } from './1870000001100-seats-hold.ts';
import { VendorSignIn1880000000000 } from './1880000000000-vendor-sign-in.ts';
import { AdminRolesHold1880000000100 } from './1880000000100-admin-roles-hold.ts';
import { MemberRoles1890000001000 } from './1890000001000-member-roles.ts';
import { MemberRolesHold1890000001100 } from './1890000001100-member-roles-hold.ts';
import { ScreenInTheProduct1900000000000 } from './1900000000000-screen-in-the-product.ts';
import { MovedWorkspaces1930000000000 } from './1930000000000-moved-workspaces.ts';
import { QueuedByStatements1933000000000 } from './1933000000000-queued-by-statements.ts';
import { DirectoryCounts1934000000000 } from './1934000000000-directory-counts.ts';
import { UncountedRows1934000001000 } from './1934000001000-uncounted-rows.ts';
import { UncountedFromNowOn1934000002000 } from './1934000002000-uncounted-from-now-on.ts';
import { GroupsByName1935000000000 } from './1935000000000-groups-by-name.ts';
import { ErasureSweeps1936000000000 } from './1936000000000-erasure-sweeps.ts';
import { ChangesOfGroupsByName1938000000000 } from './1938000000000-changes-of-groups-by-name.ts';
import { MembersWhoAreNotActive1940000000000 } from './1940000000000-members-who-are-not-active.ts';

/** Every migration, oldest first. Append only: a released one is never edited. */
export const migrationsInOrder = [
  Initial1790000000000,
  RuleSources1790000000300,
  IndexedLookups1795000000000,
  PropertyDuties1796000000000,
  LeanerWrites1796000000100,
  PlainColumns1796000000200,
  LoggedBodies1797000000000,
  Sandboxes1797000000100,
  LighterRuns1798000000000,
  SimulatedDays1798000000100,
  RunNotes1814000000000,
  CursorKey1815000000000,
  ReadingNotes1817000000000,
  UnseenInNames1819000000000,
  ChangesOfGroups1820000001000,
  Returners1820000002000,
  AutomaticSync1820000002100,
  BringBack1820000002200,
  Suspensions1820000003000,
  FormerLinks1820000003100,
  MemberSearch1820000004000,
  RequestsByToken1820000005000,
  ErasedWorkspaces1820000005100,
  StateBesideReasons1830000001000,
  Events1831000000000,
  ExpiringTokens1831000000100,
  ProductKeys1831000001000,
  ExternalIdsOfWorkspaces1831000001100,
  MemberDigests1831000002000,
  Webhooks1831000003000,
  EventReceipts1831000004000,
  MoreUnseenInNames1831000005000,
  IdentityProviderFindings1832000000000,
  Notifications1833000000000,
  DirectorySearch1834000000000,
  LogSearch1834000001000,
  SuspendedMembers1835000001000,
  Schedules1835000002000,
  PilotRuns1835000003000,
  AuditedPeople1836000001000,
  LogDays1837000001000,
  Sessions1837000002000,
  NamedOperators1837000003000,
  OAuthClients1837000004000,
  AuditChain1840000001000,
  ErasedPeople1840000002000,
  Retention1840000003000,
  TracesOfRuns1850000000000,
  Seats1870000001000,
  SeatsHold1870000001100,
  VendorSignIn1880000000000,
  AdminRolesHold1880000000100,
  MemberRoles1890000001000,
  MemberRolesHold1890000001100,
  ScreenInTheProduct1900000000000,
  MovedWorkspaces1930000000000,
  QueuedByStatements1933000000000,
  DirectoryCounts1934000000000,
  UncountedRows1934000001000,
  UncountedFromNowOn1934000002000,
  GroupsByName1935000000000,
  ErasureSweeps1936000000000,
  ChangesOfGroupsByName1938000000000,
  MembersWhoAreNotActive1940000000000,
];
