import type { BulkStep } from '../../scim-core/bulk-order.ts';
import { parcelValue, referenceOf, referencesIn } from '../../scim-core/bulk-references.ts';
import type { BulkOperation, FaultyOperation } from '../../scim-core/bulk-request.ts';
import { patchOpUrn } from '../../scim-core/urns.ts';
import { ScimError, type ScimErrorBody } from '../../scim-core/scim-error.ts';
import type { ScimAnswer } from '../protocol/scim-answer.ts';

/** The outcome of one operation, as it is answered (RFC 7644 §3.7). */
interface BulkEntry {
  method: string;
  bulkId?: string;
  location?: string;
  version?: string;
  status: string;
  response?: ScimErrorBody;
}

/** Carries out one operation on the resource with the given id; for a POST the id is empty. */
type Perform = (
  operation: BulkOperation,
  target: { method: BulkOperation['method']; id: string },
  data: unknown,
) => Promise<ScimAnswer>;

/** A resource that was created without the references that were still open. */
interface Unfinished {
  index: number;
  operation: BulkOperation;
  id: string;
  later: unknown;
}

/** The state of one bulk request: which bulkId became which id, what is still open, and what to answer. */
export class BulkRun {
  /** How many operations have failed. */
  errorCount = 0;
  private readonly operations: readonly (BulkOperation | FaultyOperation)[];
  private readonly baseUrl: string;
  private readonly perform: Perform;
  private readonly toScimError: (error: unknown) => ScimError;
  private readonly ids = new Map<string, string>();
  private readonly byIndex = new Map<number, BulkEntry>();
  private unfinished: Unfinished[] = [];

  constructor(
    operations: readonly (BulkOperation | FaultyOperation)[],
    baseUrl: string,
    perform: Perform,
    toScimError: (error: unknown) => ScimError,
  ) {
    this.operations = operations;
    this.baseUrl = baseUrl;
    this.perform = perform;
    this.toScimError = toScimError;
    for (const operation of operations) {
      if ('fault' in operation || operation.bulkId === null || operation.target === null) continue;
      if (referenceOf(operation.target) === null) this.ids.set(operation.bulkId, operation.target);
    }
  }

  /** The answer's entries, in the order of the request. */
  entries(): BulkEntry[] {
    return [...this.byIndex].sort(([left], [right]) => left - right).map(([, entry]) => entry);
  }

  /** Carries out one operation, and completes the resources that waited for it. A failure is an entry, never thrown. */
  async take({ index, mayDefer }: BulkStep): Promise<void> {
    const operation = this.operations[index];
    if (operation === undefined) return;
    if ('fault' in operation) {
      this.fail(index, operation, operation.fault);
      return;
    }
    let id: string | undefined;
    try {
      id = this.targetOf(operation);
      await this.carryOut(index, operation, id, mayDefer);
    } catch (error) {
      this.fail(index, operation, this.toScimError(error), id);
      return;
    }
    await this.completeWhatIsReady();
  }

  /** Says for every incomplete resource what it lacks: it refers to an operation that failed or never began. */
  refuseWhatIsOpen(): void {
    for (const { index, operation, id, later } of this.unfinished) {
      this.fail(index, operation, unresolved(later, 'The resource was created without it.'), id);
    }
    this.unfinished = [];
  }

  private async carryOut(
    index: number,
    operation: BulkOperation,
    target: string,
    mayDefer: boolean,
  ): Promise<void> {
    const { now, later } = this.parcel(operation.data);
    if (later !== undefined && !mayDefer) throw unresolved(later);
    const answer = await this.perform(operation, { method: operation.method, id: target }, now);
    const id = operation.method === 'POST' ? createdId(answer) : target;
    if (operation.bulkId !== null) this.ids.set(operation.bulkId, id);
    if (later !== undefined) this.unfinished.push({ index, operation, id, later });
    this.byIndex.set(index, this.entryOf(operation, id, answer.status, answer.etag));
  }

  /** Adds rather than replaces: what others have changed in the meantime stays. */
  private async completeWhatIsReady(): Promise<void> {
    const waiting = this.unfinished;
    this.unfinished = [];
    for (const one of waiting) {
      const { now, later } = this.parcel(one.later);
      if (later !== undefined) {
        this.unfinished.push(one);
        continue;
      }
      const patch = { schemas: [patchOpUrn], Operations: [{ op: 'add', value: now }] };
      const operation = { ...one.operation, version: undefined };
      try {
        const { etag } = await this.perform(operation, { method: 'PATCH', id: one.id }, patch);
        this.byIndex.set(one.index, this.entryOf(operation, one.id, 201, etag));
      } catch (error) {
        this.fail(one.index, operation, this.toScimError(error), one.id);
      }
    }
  }

  private parcel(data: unknown) {
    return parcelValue(data, (bulkId) => this.ids.get(bulkId));
  }

  private targetOf(operation: BulkOperation): string {
    const reference = referenceOf(operation.target);
    if (reference === null) return operation.target ?? '';
    const id = this.ids.get(reference);
    if (id === undefined) throw unresolved(operation.target);
    return id;
  }

  private entryOf(operation: BulkOperation, id: string, status: number, etag?: string): BulkEntry {
    return {
      ...namesOf(operation),
      location: `${this.baseUrl}/${operation.endpoint}/${id}`,
      ...(etag === undefined ? {} : { version: etag }),
      status: String(status),
    };
  }

  /** @param id that of the resource, if there is one: a POST that failed has none (RFC 7644 §3.7.3) */
  private fail(index: number, operation: BulkOperation | FaultyOperation, error: ScimError, id = ''): void {
    this.errorCount += 1;
    const hasLocation = id !== '' && !('fault' in operation);
    this.byIndex.set(index, {
      ...namesOf(operation),
      ...(hasLocation ? { location: `${this.baseUrl}/${operation.endpoint}/${id}` } : {}),
      status: String(error.status),
      response: error.toBody(),
    });
  }
}

/** A resource's address ends in its id. */
export function createdId({ location }: ScimAnswer): string {
  return location?.split('/').at(-1) ?? '';
}

function namesOf({ method, bulkId }: { method: string; bulkId: string | null }) {
  return { method, ...(bulkId === null ? {} : { bulkId }) };
}

function unresolved(value: unknown, consequence = ''): ScimError {
  const [bulkId = ''] = referencesIn(value);
  const detail = `The reference bulkId:${bulkId} cannot be resolved: no operation has made such a resource. ${consequence}`;
  return new ScimError(409, undefined, detail.trim());
}
