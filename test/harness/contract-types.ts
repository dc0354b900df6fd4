import type { components } from '../generated-client/schema.d.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A schema of the OpenAPI document: `Schema<'RunResponse'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** `/api/members/${string}?limit=5` has the shape `/api/members/{}`: without a query and with its values left out. */
export type ShapeOf<Path extends string> = SegmentsOf<WithoutQuery<Path>>;

type WithoutQuery<Path extends string> = Path extends `${infer Before}?${string}` ? Before : Path;

type SegmentsOf<Path extends string> = Path extends `${infer First}/${infer Rest}`
  ? `${SegmentOf<First>}/${SegmentsOf<Rest>}`
  : SegmentOf<Path>;

/** A value becomes `{}`; of `members${string}`, where a query follows, the literal part is left. */
type SegmentOf<Segment extends string> =
  Record<never, never> extends Record<Segment, unknown>
    ? LiteralStart<Segment> extends ''
      ? '{}'
      : LiteralStart<Segment>
    : Segment;

type LiteralStart<Text extends string> = string extends Text
  ? ''
  : Text extends `${infer First}${infer Rest}`
    ? `${First}${LiteralStart<Rest>}`
    : '';
