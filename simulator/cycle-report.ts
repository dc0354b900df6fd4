/** How often one kind of request got one status, and how long it took. */
export interface RequestCount {
  /** Method and path with the variable parts left out, such as `PATCH /Groups/{id}`. */
  kind: string;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  count: number;
  p50Ms: number;
  p95Ms: number;
}

/** Something that Entra's provisioning log would call a failure. */
export interface Failure {
  /** The person or group concerned. */
  subject: string;
  kind: string;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  detail: string;
}

/** What one cycle did. */
export interface CycleReport {
  requests: RequestCount[];
  failures: Failure[];
  /** Why the job stopped half-way (bad credentials, not SCIM); null when it went through. */
  quarantined: string | null;
  retries: number;
  durationMs: number;
  users: {
    created: number;
    matched: number;
    updated: number;
    disabled: number;
    restored: number;
    deleted: number;
    managersSet: number;
    /** Not in the service and not to be created there. */
    skipped: number;
  };
  groups: {
    created: number;
    matched: number;
    updated: number;
    deleted: number;
    membersAdded: number;
    membersRemoved: number;
  };
}

/** A report in which nothing has happened. */
export function emptyReport(): CycleReport {
  return {
    requests: [],
    failures: [],
    quarantined: null,
    retries: 0,
    durationMs: 0,
    users: {
      created: 0,
      matched: 0,
      updated: 0,
      disabled: 0,
      restored: 0,
      deleted: 0,
      managersSet: 0,
      skipped: 0,
    },
    groups: { created: 0, matched: 0, updated: 0, deleted: 0, membersAdded: 0, membersRemoved: 0 },
  };
}

/** True when Entra would show the cycle as failed or in quarantine. */
export function hasFailed(report: CycleReport): boolean {
  return report.quarantined !== null || report.failures.length > 0;
}

/** Collects what was asked and answered. */
export class RequestLog {
  private readonly durationsMs = new Map<string, number[]>();

  record(kind: string, status: number, durationMs: number): void {
    const key = `${kind} ${status}`;
    const durations = this.durationsMs.get(key);
    if (durations === undefined) this.durationsMs.set(key, [durationMs]);
    else durations.push(durationMs);
  }

  /** One row per kind and status, sorted by kind. */
  counts(): RequestCount[] {
    return [...this.durationsMs.entries()]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, durations]) => {
        const sorted = durations.toSorted((left, right) => left - right);
        const split = key.lastIndexOf(' ');
        return {
          kind: key.slice(0, split),
          status: Number(key.slice(split + 1)),
          count: sorted.length,
          p50Ms: quantile(sorted, 0.5),
          p95Ms: quantile(sorted, 0.95),
        };
      });
  }
}

/** Nearest-rank quantile of ascending numbers, 0 when there are none. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
