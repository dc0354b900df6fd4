import { setTimeout as sleep } from 'node:timers/promises';
import { emptyReport, type CycleReport, type RequestLog } from './cycle-report.ts';
import type { Dialect } from './entra-messages.ts';
import { fieldOf, type JsonObject } from './entra-mapping.ts';
import {
  errorDetail,
  TransientFailure,
  type Answer,
  type ScimConnection,
  type ScimRequest,
} from './scim-connection.ts';

/** How far a phase of a cycle is. */
export interface Progress {
  phase: 'users' | 'disabled users' | 'managers' | 'groups' | 'members';
  done: number;
  total: number;
}

/** Called after each person, group or membership. */
export type OnProgress = (progress: Progress) => void;

/** How hard the job works. */
export interface Pace {
  /** Requests under way at the same time. */
  concurrency: number;
  /** Pause before the first repetition; doubled each time. */
  retryDelayMs: number;
}

/** One object could not be provisioned; the job goes on with the next. */
export class ProvisioningFailure extends Error {
  readonly answer: Pick<Answer, 'kind' | 'status'>;

  constructor(answer: Pick<Answer, 'kind' | 'status'>, message: string) {
    super(message);
    this.answer = answer;
  }
}

/** The service cannot be worked with at all: Entra puts the job in quarantine. */
export class Quarantine extends ProvisioningFailure {}

const attemptsMax = 6;
const retryDelayMaxMs = 15_000;

/** One provisioning cycle: what it runs with and what it has done so far. */
export class Cycle {
  readonly dialect: Dialect;
  readonly report: CycleReport = emptyReport();
  /** objectId → id in the service. */
  readonly ids: Map<string, string>;
  private readonly connection: ScimConnection;
  private readonly log: RequestLog;
  private readonly pace: Pace;
  private readonly onProgress: OnProgress;
  private readonly lookUps = new Map<string, Promise<string | null>>();

  constructor(
    parts: {
      connection: ScimConnection;
      log: RequestLog;
      dialect: Dialect;
      ids: Map<string, string>;
      pace: Pace;
    },
    onProgress: OnProgress,
  ) {
    this.connection = parts.connection;
    this.log = parts.log;
    this.dialect = parts.dialect;
    this.ids = parts.ids;
    this.pace = parts.pace;
    this.onProgress = onProgress;
  }

  /** Runs the phases and closes the report. Only a defect of this program makes it throw. */
  async run(phases: () => Promise<void>): Promise<CycleReport> {
    const startedAt = performance.now();
    try {
      await phases();
    } catch (error) {
      if (!(error instanceof Quarantine)) throw error;
      this.report.quarantined = `${error.answer.kind} ${error.answer.status}: ${error.message}`;
    }
    this.report.requests = this.log.counts();
    this.report.durationMs = performance.now() - startedAt;
    return this.report;
  }

  /** Does `work` for each item, several at once; a failing item is reported, a quarantine ends the phase. */
  async forEach<T>(
    phase: Progress['phase'],
    items: readonly T[],
    subjectOf: (item: T) => string,
    work: (item: T) => Promise<void>,
  ): Promise<void> {
    const queue = [...items];
    let done = 0;
    const worker = async (): Promise<void> => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        const current = item;
        try {
          await this.guarded(subjectOf(current), () => work(current));
        } catch (error) {
          queue.length = 0;
          throw error;
        }
        done += 1;
        this.onProgress({ phase, done, total: items.length });
      }
    };
    const workers = Array.from({ length: this.pace.concurrency }, () => worker());
    const outcomes = await Promise.allSettled(workers);
    const broken = outcomes.find((outcome) => outcome.status === 'rejected');
    if (broken !== undefined) throw broken.reason;
  }

  /** The whole object is tried again after a transient failure, as Entra does: so a lost answer makes no duplicate. */
  private async guarded(subject: string, work: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await work();
        return;
      } catch (error) {
        if (error instanceof Quarantine) throw error;
        if (error instanceof TransientFailure && attempt < attemptsMax) {
          this.report.retries += 1;
          const backOffMs = Math.min(retryDelayMaxMs, this.pace.retryDelayMs * 2 ** (attempt - 1));
          await sleep(Math.min(retryDelayMaxMs, error.retryAfterMs ?? backOffMs));
          continue;
        }
        this.report.failures.push({ subject, ...failureOf(error) });
        return;
      }
    }
  }

  /**
   * Sends one request that must succeed.
   * @throws Quarantine on 401 and 403, ProvisioningFailure on any status that is not in `accepted`, TransientFailure
   */
  async request(request: ScimRequest, accepted: readonly number[]): Promise<Answer> {
    const answer = await this.connection.send(request);
    if (accepted.includes(answer.status)) return answer;
    if (answer.status === 401 || answer.status === 403)
      throw new Quarantine(answer, errorDetail(answer.text));
    throw new ProvisioningFailure(answer, errorDetail(answer.text));
  }

  /**
   * The resources that a filter finds.
   * @throws Quarantine when the answer is 404 or no list: Entra calls that "not SCIM compliant"
   */
  async find(path: string, query: Record<string, string>): Promise<JsonObject[]> {
    const answer = await this.request({ method: 'GET', path, query }, [200, 404]);
    const resources = fieldOf(answer.body, 'Resources');
    if (answer.status === 404) throw new Quarantine(answer, 'A filter that finds nothing must answer 200.');
    if (!Array.isArray(resources)) throw new Quarantine(answer, 'The answer has no list of Resources.');
    return resources as JsonObject[];
  }

  /** The one resource with this externalId, null when there is none; remembers its id. */
  async match(path: '/Users' | '/Groups', objectId: string): Promise<JsonObject | null> {
    const filter = `externalId eq "${objectId}"`;
    const query: Record<string, string> =
      path === '/Groups' ? { excludedAttributes: 'members', filter } : { filter };
    const found = await this.find(path, query);
    if (found.length > 1) {
      throw new ProvisioningFailure(
        { kind: `GET ${path}?filter`, status: 200 },
        `${found.length} match ${filter}.`,
      );
    }
    const [resource] = found;
    if (typeof resource?.id !== 'string') return null;
    this.ids.set(objectId, resource.id);
    return resource;
  }

  /** The id of an object in the service: remembered, or asked for once; null when the service does not have it. */
  async idOf(path: '/Users' | '/Groups', objectId: string): Promise<string | null> {
    const known = this.ids.get(objectId);
    if (known !== undefined) return known;
    let lookUp = this.lookUps.get(objectId);
    if (lookUp === undefined) {
      lookUp = this.match(path, objectId).then(() => this.ids.get(objectId) ?? null);
      this.lookUps.set(objectId, lookUp);
      // Forgotten when answered: the object may be created meanwhile. The caller sees the failure itself.
      const forget = (): void => void this.lookUps.delete(objectId);
      lookUp.then(forget, forget);
    }
    return lookUp;
  }

  /** Creates a resource and remembers its id. @throws ProvisioningFailure when the answer carries no id */
  async create(path: '/Users' | '/Groups', objectId: string, body: object): Promise<string> {
    const answer = await this.request({ method: 'POST', path, body }, [200, 201]);
    const id = fieldOf(answer.body, 'id');
    if (typeof id !== 'string' || id === '')
      throw new ProvisioningFailure(answer, 'Created, but the answer has no id.');
    this.ids.set(objectId, id);
    return id;
  }

  /** Sends a PATCH. */
  async patch(path: string, body: object): Promise<void> {
    await this.request({ method: 'PATCH', path, body }, [200, 204]);
  }

  /** Deletes a resource; one that is not there counts as done. Forgets its id. */
  async remove(path: '/Users' | '/Groups', objectId: string): Promise<boolean> {
    const id = await this.idOf(path, objectId);
    if (id === null) return false;
    const answer = await this.request({ method: 'DELETE', path: `${path}/${id}` }, [200, 204, 404]);
    this.ids.delete(objectId);
    return answer.status !== 404;
  }
}

function failureOf(error: unknown): { kind: string; status: number; detail: string } {
  if (error instanceof TransientFailure)
    return { kind: error.kind, status: error.status, detail: error.message };
  if (error instanceof ProvisioningFailure) {
    const { kind, status } = error.answer;
    return { kind, status, detail: error.message };
  }
  throw error;
}
