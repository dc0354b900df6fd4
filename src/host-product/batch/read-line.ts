import { BadInputError, codedFault, TooLargeError } from '../../errors/domain-errors.ts';
import { bodyKeysMax, bodyLevelsMax, userBodyValuesMax } from '../../http/bodies/body-rules.ts';
import { jsonInspector, parseJson } from '../../http/bodies/parse-json.ts';
import type { BodyLine } from '../../http/bodies/read-lines.ts';
import { parseBody } from '../../http/validation/validation.ts';
import { BatchMemberDto } from './batch.dto.ts';

/** The longest line of a batch. */
export const batchLineSizeMaxBytes = 64 * 1024;

const limits = { valuesMax: userBodyValuesMax, levelsMax: bodyLevelsMax, keysMax: bodyKeysMax };

/** A line that was read: the member that it asks for. */
export interface Draft {
  line: number;
  body: BatchMemberDto;
}

/** Reads a line. @throws TooLargeError, BadInputError, ScimError for one that cannot be read, or says what cannot be */
export function readDraft({ number, bytes }: BodyLine): Draft {
  if (bytes === null) {
    const message = `The line is longer than the limit of ${batchLineSizeMaxBytes} bytes.`;
    throw new TooLargeError(message, batchLineSizeMaxBytes);
  }
  const fault = jsonInspector(limits)(bytes);
  if (fault !== null) throw fault;
  const body = parseJson(bytes);
  const dto = parseBody(BatchMemberDto, body);
  if (typeof dto.externalId === 'string') return { line: number, body: dto };
  throw new BadInputError([codedFault('externalId', 'required', 'is required')]);
}
