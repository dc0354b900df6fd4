export { type AdminLink, type Workspace, type Workspaces } from './workspaces.ts';
export { type CallOptions } from './call.ts';
export {
  type AccessCheck,
  type AccessDecision,
  type BatchLine,
  type BatchOutcome,
  type Client,
  type ClientOptions,
  createClient,
  type Receipt,
  type RecordedReceipt,
  type RemoteDigest,
  type SnapshotHead,
  type SnapshotLine,
} from './client.ts';
export { type BucketDigest, bucketOf, Digest, memberHash } from './digest.ts';
export {
  endsAccess,
  type Event,
  type EventPage,
  type EventType,
  type Group,
  type Member,
  memberOf,
  type Membership,
} from './event.ts';
export { type EventPageOptions, type EventPageQuery } from './feed-reader.ts';
export { type EventsOptions, type EventStream } from './events.ts';
export {
  type MemberExclusion,
  type MemberInput,
  type MemberQuery,
  type Members,
  type WriteOptions,
} from './members.ts';
export { mirror } from './mirror.ts';
export { type Mirror, type MirrorOptions, type MirrorStatus } from './mirror-options.ts';
export { CursorTooOld, type Problem, ProblemError } from './problem.ts';
export { type Changes, type MemberVersion, type Store, type StoreTransaction } from './store.ts';
export { type Repair, type Verification } from './verify-copy.ts';
export { verifyWebhook, type WebhookDelivery, WebhookRefused } from './webhook.ts';
