import type { Readable } from 'node:stream';
import type supertest from 'supertest';
import type { paths } from '../generated-client/schema.d.ts';
import type { Method, Schema, ShapeOf } from './contract-types.ts';
import type { ScimBody, ScimError } from './scim-answers.ts';

export type { Method, Schema };

/** What a client speaks: the contract of `/api` and `/operator`, or SCIM below `/scim/v2`. */
export type Dialect = 'api' | 'scim';

/** An answer whose body has the type that the contract gives it. */
export interface Answer<Body = unknown, Of extends Operation = Operation> extends Omit<
  supertest.Response,
  'body'
> {
  body: Body;
  /** What was asked for; there for the type checker alone. */
  readonly of?: Of;
}

/** A request of any kind, where the type of its answer does not matter. */
export interface AnyAsked extends Promise<Answer> {
  expect(status: number): AnyAsked;
  set(header: string, value: string): AnyAsked;
}

/**
 * A request that is sent when awaited. After `expect(status)`, the body has the type that the OpenAPI document
 * gives it under this path and status; `Contract` checks at run time that the service keeps to it.
 */
export interface Asked<Of extends Operation, Body = unknown> extends Promise<Answer<Body, Of>> {
  expect<Status extends number>(status: Status): Asked<Of, BodyOf<Of, Status>>;
  expect(check: (answer: Answer) => void): this;
  expect(header: string, value: string | RegExp): this;
  set(header: string, value: string): this;
  set(headers: Record<string, string>): this;
  unset(header: string): this;
  query(values: object): this;
  send(body?: string | object): this;
  buffer(isBuffered: boolean): this;
  parse(parser: (response: Readable, done: (error: Error | null, body: unknown) => void) => void): this;
  on(event: string, listener: (...given: unknown[]) => void): this;
}

/** What is asked for: a method, a path as a test writes it, and who understands it. */
export interface Operation {
  dialect: Dialect;
  method: Method;
  path: string;
}

/** The body of the answer to an operation that has a status; `unknown` where the types cannot tell. */
export type BodyOf<Of extends Operation, Status extends number> = number extends Status
  ? unknown
  : `${Status}` extends `4${string}` | `5${string}`
    ? Of extends SpokenInScim<string>
      ? ScimError
      : Schema<'Problem'>
    : Of extends SpokenInScim<infer Path>
      ? ScimBody<Of['method'], Path>
      : ApiBody<Of['method'], ShapeOf<Of['path']>, Status>;

type SpokenInScim<Path extends string> =
  { dialect: 'scim'; path: Path } | { dialect: 'api'; path: `/scim/v2${Path}` };

/** What an answer answers. */
export type OperationOf<Given extends Answer> = Given extends Answer<unknown, infer Of> ? Of : never;

/** `/api/members/{id}` → `/api/members/{}` */
type ShapeOfTemplate<Template extends string> = Template extends `${infer Before}{${string}}${infer After}`
  ? `${Before}{}${ShapeOfTemplate<After>}`
  : Template;

type ItemsByShape = { [Template in keyof paths as ShapeOfTemplate<Template>]: paths[Template] };

type ApiBody<
  Of extends Method,
  Shape extends string,
  Status extends number,
> = Shape extends keyof ItemsByShape
  ? ItemsByShape[Shape] extends Record<Of, { responses: infer Responses }>
    ? Status extends keyof Responses
      ? ContentOf<Responses[Status]>
      : unknown
    : unknown
  : unknown;

type ContentOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : unknown;
