import { referenceOf, referencesIn } from './bulk-references.ts';
import type { BulkOperation, FaultyOperation } from './bulk-request.ts';

/** An operation in its order. */
export interface BulkStep {
  /** Its position in the request. */
  readonly index: number;
  /** Whether to create the resource without its open references, because they form a circle. */
  readonly mayDefer: boolean;
}

/**
 * The order in which to carry out the operations of a bulk request: that of the request, except that a resource comes
 * before those that refer to it (RFC 7644 §3.7.2). Resources that refer to each other may be created before their
 * references are resolved (§3.7.1). The cost is linear in the number of references.
 */
export function orderBulk(operations: readonly (BulkOperation | FaultyOperation)[]): BulkStep[] {
  const waitsFor = dependenciesOf(operations);
  const steps = takeReady(waitsFor, new Set()).map((index) => ({ index, mayDefer: false }));
  const taken = new Set(steps.map(({ index }) => index));
  const circle = circleOf(waitsFor, taken);
  const deferring = new Set<number>();
  for (const index of circle) {
    const operation = operations[index];
    // Only a created resource can be completed afterwards.
    if (operation === undefined || 'fault' in operation || operation.method !== 'POST') continue;
    waitsFor[index] = new Set([...(waitsFor[index] ?? [])].filter((other) => !circle.has(other)));
    deferring.add(index);
  }
  for (const index of takeReady(waitsFor, taken)) {
    taken.add(index);
    steps.push({ index, mayDefer: deferring.has(index) });
  }
  const rest = operations.map((_, index) => index).filter((index) => !taken.has(index));
  return [...steps, ...rest.map((index) => ({ index, mayDefer: false }))];
}

/** For each operation, the others that must have been carried out before it. */
function dependenciesOf(operations: readonly (BulkOperation | FaultyOperation)[]): Set<number>[] {
  const byBulkId = new Map<string, number>();
  operations.forEach((operation, index) => {
    // A resource with an id can be referred to at any time.
    const hasId =
      !('fault' in operation) && operation.target !== null && referenceOf(operation.target) === null;
    if (operation.bulkId !== null && !hasId) byBulkId.set(operation.bulkId, index);
  });
  return operations.map((operation) => {
    if ('fault' in operation) return new Set();
    const references = referencesIn([operation.target, operation.data]);
    return new Set([...references].flatMap((bulkId) => byBulkId.get(bulkId) ?? []));
  });
}

/** The operations that can be carried out one after the other: always the first one of the request that is ready. */
function takeReady(waitsFor: readonly Set<number>[], taken: ReadonlySet<number>): number[] {
  const open = waitsFor.map((others) => [...others].filter((other) => !taken.has(other)).length);
  const dependents = dependentsOf(waitsFor);
  const ordered: number[] = [];
  const done = new Set(taken);
  const isReady = (index: number) => open[index] === 0 && !done.has(index);
  for (let index = 0; index < waitsFor.length;) {
    if (!isReady(index)) {
      index += 1;
      continue;
    }
    done.add(index);
    ordered.push(index);
    let next = index + 1;
    for (const dependent of dependents[index] ?? []) {
      open[dependent] = (open[dependent] ?? 0) - 1;
      // An operation that waited for this one may come earlier in the request.
      if (isReady(dependent)) next = Math.min(next, dependent);
    }
    index = next;
  }
  return ordered;
}

/** Removes, again and again, operations that nothing waits for. Circles are left, and what connects two of them. */
function circleOf(waitsFor: readonly Set<number>[], taken: ReadonlySet<number>): Set<number> {
  const circle = new Set(waitsFor.map((_, index) => index).filter((index) => !taken.has(index)));
  const waiting = dependentsOf(waitsFor).map((dependents) => dependents.length);
  const free = [...circle].filter((index) => waiting[index] === 0);
  for (let index = free.pop(); index !== undefined; index = free.pop()) {
    circle.delete(index);
    for (const other of waitsFor[index] ?? []) {
      waiting[other] = (waiting[other] ?? 0) - 1;
      if (waiting[other] === 0 && circle.has(other)) free.push(other);
    }
  }
  return circle;
}

function dependentsOf(waitsFor: readonly Set<number>[]): number[][] {
  const dependents: number[][] = waitsFor.map(() => []);
  waitsFor.forEach((others, index) => {
    for (const other of others) dependents[other]?.push(index);
  });
  return dependents;
}
