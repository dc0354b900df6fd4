import { errorCodeOf } from './error-code.ts';
import { currentTraceparent, inTrace } from './trace-context.ts';

/** What a span does for others: takes a request, sends one, takes work from a queue, or nothing of that. */
export type SpanKind = 'server' | 'client' | 'consumer' | 'internal';

/** Facts about a span: numbers, words of the code and ids. Never a secret, nor what says who somebody is. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A piece of work that takes time, as a part of a trace. */
export interface Span {
  /** What has it as its parent carries this (W3C Trace Context). */
  readonly traceparent: string;
  add(attributes: SpanAttributes): void;
  /** @param fault the code of what went wrong; left out: nothing did */
  end(fault?: string): void;
}

/** What a span is, when it begins. */
export interface SpanFacts {
  /** Few different ones: never an id. */
  name: string;
  kind?: SpanKind;
  attributes?: SpanAttributes;
}

/** Makes spans and sends them where somebody looks at them. */
export interface Tracer {
  /** @param parent null: a trace begins */
  start(facts: SpanFacts, parent: string | null): Span & { rename(name: string): void };
}

let tracer: Tracer | null = null;

/** From now on, this process makes spans; null: no longer. */
export function traceWith(given: Tracer | null): void {
  tracer = given;
}

/** Whether this process makes spans. Where it does not, they cost a look at a variable. */
export function isTracing(): boolean {
  return tracer !== null;
}

/** Begins a span of the trace under way, or a trace. Null where nobody traces. */
export function startSpan(facts: SpanFacts): ReturnType<Tracer['start']> | null {
  return tracer?.start(facts, currentTraceparent()) ?? null;
}

/**
 * Does work as a span of the trace under way, or as a trace of its own. What the work starts belongs to it.
 *
 * @returns what the work does; throws what it throws
 */
export async function inSpan<T>(facts: SpanFacts, work: (span: Span | null) => Promise<T>): Promise<T> {
  const span = startSpan(facts);
  if (span === null) return work(null);
  return inTrace(span.traceparent, () => ended(span, work(span)));
}

/** Text of a statement that a span shows, in characters; what follows says little about which one it is. */
const statementShownMaxChars = 500;

/**
 * Sends a statement as a span of the trace under way. Outside of a trace there is none: the service looks into its tables
 * every second.
 *
 * @param text as it is sent: its values travel beside it, and no span has them
 */
export function inStatementSpan<T>(text: string, send: () => Promise<T>): Promise<T> {
  if (tracer === null || currentTraceparent() === null) return send();
  const span = startSpan({
    name: /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL',
    kind: 'client',
    attributes: {
      'db.system.name': 'postgresql',
      'db.query.text': text.replace(/\s+/g, ' ').trim().slice(0, statementShownMaxChars),
    },
  });
  return span === null ? send() : ended(span, send());
}

async function ended<T>(span: Span, work: Promise<T>): Promise<T> {
  try {
    const done = await work;
    span.end();
    return done;
  } catch (error) {
    span.end(errorCodeOf(error));
    throw error;
  }
}
