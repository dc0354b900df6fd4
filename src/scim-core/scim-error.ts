import { errorUrn } from './urns.ts';

/** The error keywords of RFC 7644 §3.12, table 9, and those of RFC 9865 §2.1 that can occur: cursors do not expire. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'invalidCount';

/** The body of an error answer (RFC 7644 §3.12); `status` is a string there. */
export interface ScimErrorBody {
  schemas: string[];
  status: string;
  scimType?: ScimType;
  detail: string;
}

/** An error in SCIM's own words, with its HTTP status. Made by name: `ScimError.noTarget('…')`. */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;

  constructor(status: number, scimType: ScimType | undefined, detail: string) {
    super(detail);
    this.name = 'ScimError';
    this.status = status;
    this.scimType = scimType;
  }

  static invalidFilter(detail: string): ScimError {
    return new ScimError(400, 'invalidFilter', detail);
  }

  static invalidPath(detail: string): ScimError {
    return new ScimError(400, 'invalidPath', detail);
  }

  static invalidValue(detail: string): ScimError {
    return new ScimError(400, 'invalidValue', detail);
  }

  static invalidCursor(detail: string): ScimError {
    return new ScimError(400, 'invalidCursor', detail);
  }

  static invalidCount(detail: string): ScimError {
    return new ScimError(400, 'invalidCount', detail);
  }

  static invalidSyntax(detail: string): ScimError {
    return new ScimError(400, 'invalidSyntax', detail);
  }

  static noTarget(detail: string): ScimError {
    return new ScimError(400, 'noTarget', detail);
  }

  static mutability(detail: string): ScimError {
    return new ScimError(400, 'mutability', detail);
  }

  static uniqueness(detail: string): ScimError {
    return new ScimError(409, 'uniqueness', detail);
  }

  static tooMany(detail: string): ScimError {
    return new ScimError(400, 'tooMany', detail);
  }

  /** A filter that reaches what must not be asked for (RFC 7644 §7.5.2). */
  static sensitive(detail: string): ScimError {
    return new ScimError(403, 'sensitive', detail);
  }

  static notFound(detail: string): ScimError {
    return new ScimError(404, undefined, detail);
  }

  static preconditionFailed(detail: string): ScimError {
    return new ScimError(412, undefined, detail);
  }

  static payloadTooLarge(detail: string): ScimError {
    return new ScimError(413, undefined, detail);
  }

  static notImplemented(detail: string): ScimError {
    return new ScimError(501, undefined, detail);
  }

  /** The answer's body. */
  toBody(): ScimErrorBody {
    return {
      schemas: [errorUrn],
      status: String(this.status),
      ...(this.scimType === undefined ? {} : { scimType: this.scimType }),
      detail: this.message,
    };
  }
}
