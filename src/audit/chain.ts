import { createHash } from 'node:crypto';

/**
 * Parts of a record that may name a person. The chain holds a salted digest of each instead of the part itself, so that a
 * part can be redacted when a person is erased and the chain still shows that nothing else has changed.
 */
export const redactableParts = [
  'actorEmail',
  'actorKeyName',
  'target',
  'details',
  'address',
  'requestId',
] as const;
export type RedactablePart = (typeof redactableParts)[number];

/** A record as it is chained. */
export interface ChainedRecord extends Record<Exclude<RedactablePart, 'details'>, string | null> {
  workspaceId: string;
  sequence: bigint;
  id: string;
  at: Date;
  actorKind: string;
  actorKeyId: string | null;
  action: string;
  details: Record<string, unknown> | null;
  sessionId: string | null;
  salt: Buffer;
  /** The digests of parts that were redacted. */
  redacted: Partial<Record<RedactablePart, string>> | null;
}

/** What the first record of a chain continues. */
export const beginningHash = Buffer.alloc(32);

/** Length of the salt of a record, in bytes. */
export const saltLengthBytes = 16;

/**
 * The hash of a record: SHA-256 over the hash of the record before and the canonical form of this one, which is a JSON
 * array without blanks. docs/reference/audit-log.md describes it for those who check a chain with a program of their own.
 */
export function hashOf(previous: Buffer, record: ChainedRecord): Buffer {
  const content = [
    record.workspaceId,
    String(record.sequence),
    record.id,
    record.at.toISOString(),
    record.actorKind,
    record.actorKeyId,
    record.action,
    record.sessionId,
    ...redactableParts.map((part) => record.redacted?.[part] ?? digestOf(record, part)),
  ];
  return createHash('sha256').update(previous).update(JSON.stringify(content)).digest();
}

/**
 * What stands for a part in the chain: SHA-256 of salt, name and value, in hexadecimal digits; null for a part that is not
 * there.
 */
export function digestOf(
  record: Pick<ChainedRecord, 'salt' | RedactablePart>,
  part: RedactablePart,
): string | null {
  const value = record[part];
  if (value === null) return null;
  return createHash('sha256')
    .update(record.salt)
    .update(`${part}:${canonicalJson(value)}`)
    .digest('hex');
}

/**
 * What stays of a redacted record: SHA-256 of its salt and of all that a redaction may change, in hexadecimal digits. The
 * record of the erasure holds it, so that a redaction which no erasure made is found, and so is a change afterwards.
 */
export function leftDigestOf(
  record: Pick<ChainedRecord, 'sequence' | 'salt' | 'redacted' | RedactablePart>,
): string {
  const left = [String(record.sequence), ...redactableParts.map((part) => record[part]), record.redacted];
  return createHash('sha256')
    .update(record.salt)
    .update(`left:${canonicalJson(left)}`)
    .digest('hex');
}

/** JSON without blanks, the names of each object in the order of their UTF-16 units: the same text for the same value. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join(',')}}`;
}
