/** What was refused, and where. */
export interface Fault {
  path: string;
  message: string;
  /** The stable name of the fault, if the service gives one. */
  code?: string;
  params?: Record<string, unknown>;
}

export interface SignedInAs {
  workspace: string;
  email: string;
}

/** A problem document (RFC 9457): the parts that the page reads. */
interface Problem {
  type?: string;
  detail?: string;
  title?: string;
  errors?: Fault[];
  runId?: string;
  summary?: Record<string, number>;
  /** What the problem is about, by its type. */
  fields?: string[];
  options?: { key: string; members: number }[];
  property?: string;
  propertiesMax?: number;
  tokensMax?: number;
  doesNotConvert?: number;
  bytesMax?: number;
  suspendedUntil?: string;
  /** Whose session the browser has, and who a link signs in. */
  current?: SignedInAs;
  next?: SignedInAs;
}

/** An answer that is not a success. `status` is 0 if there was no answer; `type` is the last part of the problem's type. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly problem: Problem;

  constructor(status: number, body: unknown) {
    const problem = (typeof body === 'object' && body !== null ? body : {}) as Problem;
    super(problem.detail ?? problem.title ?? '');
    this.status = status;
    this.problem = problem;
    this.type = (problem.type ?? '').split(':').at(-1) ?? '';
  }
}

/** Everything that an answer refused, each fault with its place. */
export function faultsOf(error: unknown): readonly Fault[] {
  return error instanceof ApiError ? (error.problem.errors ?? []) : [];
}
