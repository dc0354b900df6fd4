/** A problem document (RFC 9457), as far as the page reads it. */
interface Problem {
  type?: string;
  detail?: string;
  title?: string;
  errors?: { path: string; message: string }[];
  runId?: string;
  summary?: Record<string, number>;
}

/** An answer that is no success. `status` is 0 when there was none; `type` is the last part of the problem's name. */
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

  /** The message of the field of this name, where one was refused. */
  fieldMessage(path: string): string | undefined {
    return this.problem.errors?.find((error) => error.path === path)?.message;
  }
}
