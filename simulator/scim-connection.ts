import type { JsonObject } from './entra-mapping.ts';
import type { RequestLog } from './cycle-report.ts';

/** What the service answered. */
export interface Answer {
  kind: string;
  status: number;
  contentType: string;
  /** Parsed JSON; undefined when there was no body or it was no JSON. */
  body: unknown;
  text: string;
}

/** One SCIM request. */
export interface ScimRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the tenant URL, such as `/Users/42`. */
  path: string;
  query?: Record<string, string>;
  body?: object;
}

/** How a client's requests look, whatever they are about. */
export interface Manner {
  headers: Readonly<Record<string, string>>;
  /** How it writes a space in a query. */
  space: '+' | '%20';
}

/**
 * Who asks is said as it is, so that nobody takes a simulation in a log for the real one: Entra sends no User-Agent,
 * Okta "Okta SCIM Client 1.0.0".
 */
const userAgentOf = (provider: string) => `user-provisioning simulator (${provider})`;

export const entraManner: Manner = {
  headers: {
    accept: 'application/scim+json',
    adscimversion: '6.0',
    'user-agent': userAgentOf('Entra ID'),
  },
  space: '+',
};

export const oktaManner: Manner = {
  headers: {
    accept: 'application/scim+json',
    'accept-charset': 'utf-8',
    'user-agent': userAgentOf('Okta'),
  },
  space: '%20',
};

/** The address and the credentials to use. */
export interface ConnectionOptions {
  /** Tenant URL, with or without a trailing slash and query. */
  baseUrl: string;
  token: string;
  /** Adds `aadOptscim062020` to each URL. */
  flag: boolean;
  /** Entra's unless told. */
  manner?: Manner;
  fetch: typeof fetch;
}

/** The service may answer differently later: 429, 5xx, or no answer at all. */
export class TransientFailure extends Error {
  readonly kind: string;
  readonly status: number;
  /** What `Retry-After` asked for. */
  readonly retryAfterMs: number | null;

  constructor(kind: string, status: number, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

const requestTimeoutMs = 60_000;
const flagParameter = 'aadOptscim062020';

/** Sends requests in the manner of an identity provider, everything counted. */
export class ScimConnection {
  private readonly options: ConnectionOptions;
  private readonly log: RequestLog;
  private readonly base: string;
  private readonly baseQuery: string[];
  private readonly manner: Manner;

  constructor(options: ConnectionOptions, log: RequestLog) {
    this.options = options;
    this.log = log;
    this.manner = options.manner ?? entraManner;
    const [base = '', query = ''] = options.baseUrl.split('?', 2);
    this.base = base.replace(/\/+$/, '');
    this.baseQuery = query.split('&').filter((part) => part !== '');
    if (options.flag && !this.baseQuery.includes(flagParameter)) this.baseQuery.push(flagParameter);
  }

  /**
   * Sends one request. Any status that says something definite is returned, also an error.
   * @throws TransientFailure on 429, on 5xx but 501, and when there is no answer
   */
  async send(request: ScimRequest): Promise<Answer> {
    const kind = requestKind(request);
    const startedAt = performance.now();
    let status = 0;
    try {
      const response = await this.options.fetch(this.url(request), this.init(request));
      const text = await response.text();
      status = response.status;
      if (status === 429 || (status >= 500 && status !== 501)) {
        throw new TransientFailure(kind, status, errorDetail(text), retryAfterMs(response));
      }
      return {
        kind,
        status,
        contentType: response.headers.get('content-type') ?? '',
        body: parseJson(text),
        text,
      };
    } catch (error) {
      if (error instanceof TransientFailure) throw error;
      throw new TransientFailure(kind, 0, `No answer: ${networkCause(error)}`);
    } finally {
      this.log.record(kind, status, performance.now() - startedAt);
    }
  }

  private url(request: ScimRequest): string {
    const asked = new URLSearchParams(request.query ?? {}).toString().replaceAll('+', this.manner.space);
    const query = [...this.baseQuery, asked].filter((part) => part !== '');
    return `${this.base}${request.path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  }

  private init(request: ScimRequest): RequestInit {
    const headers: Record<string, string> = {
      ...this.manner.headers,
      authorization: `Bearer ${this.options.token}`,
    };
    if (request.body !== undefined) headers['content-type'] = 'application/scim+json; charset=utf-8';
    return {
      method: request.method,
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      redirect: 'manual',
      signal: AbortSignal.timeout(requestTimeoutMs),
    };
  }
}

/** The explanation in an answer that is an error: SCIM's `detail`, else the first characters of the text. */
export function errorDetail(text: string): string {
  const body = parseJson(text) as JsonObject | undefined;
  if (typeof body?.detail === 'string') return body.detail;
  return text.trim() === '' ? 'no explanation given' : text.trim().slice(0, 200);
}

function requestKind({ method, path, query }: ScimRequest): string {
  const [, resource = '', id] = path.split('/');
  const filtered = query?.filter === undefined ? '' : '?filter';
  return `${method} /${resource}${id === undefined ? '' : '/{id}'}${filtered}`;
}

/** `Retry-After` in whole seconds; a date is not what SCIM services send. */
function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the caller judges by the status and reports the text.
    return undefined;
  }
}

function networkCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}
