/** Who did it. */
export type Actor =
  /** The vendor, by the name of their operator token where it has one. */
  | { kind: 'operator'; name: string | null }
  /** The host product's back end, by the product key that it came with. */
  | { kind: 'product'; keyId: string; name: string }
  | { kind: 'admin'; email: string }
  | { kind: 'system' };

/** A recorded action, as the API shows it. */
export interface AuditRecord {
  id: string;
  at: Date;
  /** `keyId` and `name` of a product key, `name` of an operator token; the name as it was then. */
  actor: { kind: Actor['kind']; email: string | null; keyId: string | null; name: string | null };
  action: string;
  target: string | null;
  details: Record<string, unknown>;
  sessionId: string | null;
  address: string | null;
  requestId: string | null;
  /** Its place in the chain of the workspace; null: it is from before there was one. */
  sequence: number | null;
  /** Whether a person was taken out of it. */
  isRedacted: boolean;
}
