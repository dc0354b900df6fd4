import { ApiProperty } from '@nestjs/swagger';
import { attemptProblems, type AttemptProblem } from '../../tokens/token-attempt.ts';
import { type Provider, providers } from '../facts/provider.ts';
import { type FindingCode, findingCodes, type LogLink, severities, type Severity } from '../rules/rule.ts';

/** How something is fixed at the identity provider. */
export class FindingFixResponse {
  @ApiProperty({
    enum: providers,
    description: 'Whose words the steps use; `other`: those of any identity provider.',
  })
  provider!: Provider;

  @ApiProperty({
    type: [String],
    description: 'What to click, in this order, in the language of the reader.',
  })
  steps!: string[];
}

/** Which requests of `GET /api/provisioning-log` show it; what is null does not narrow. */
export class FindingLogResponse implements LogLink {
  @ApiProperty({ type: String, nullable: true, enum: ['success', 'error', null] })
  outcome!: LogLink['outcome'];

  @ApiProperty({ type: String, nullable: true, enum: ['read', 'change', null] })
  kind!: LogLink['kind'];

  @ApiProperty({ type: String, nullable: true })
  resourceId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  tokenId!: string | null;
}

/** Something that is wrong at the identity provider, or good to know about it. */
export class FindingResponse {
  @ApiProperty({ enum: findingCodes, description: 'A code never changes its meaning; new ones may come.' })
  code!: FindingCode;

  @ApiProperty({
    enum: severities,
    description:
      '`error`: people are missing, or keep access that they should not have. `warning`: it will hurt later, or data is missing. `info`: good to know.',
  })
  severity!: Severity;

  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    description: 'What the texts name.',
  })
  params!: Record<string, string | number>;

  @ApiProperty({ description: 'In the language of Accept-Language: English or German.' })
  title!: string;

  @ApiProperty({ description: 'What was seen, and what comes of it; in the same language.' })
  text!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when it has been so, as far as is known.',
  })
  since!: string | null;

  @ApiProperty({ type: FindingFixResponse })
  fix!: FindingFixResponse;

  @ApiProperty({
    type: FindingLogResponse,
    nullable: true,
    description: 'Null: no request of the log shows it.',
  })
  log!: FindingLogResponse | null;
}

/** Requests that were refused because of their token, and belong to this workspace by the token's beginning. */
export class TokenAttemptResponse {
  @ApiProperty({ format: 'uuid' })
  tokenId!: string;

  @ApiProperty()
  tokenName!: string;

  @ApiProperty({ description: 'The first characters of the secret.' })
  tokenPrefix!: string;

  @ApiProperty({ description: 'The last four characters of the secret.' })
  tokenLastFour!: string;

  @ApiProperty({
    enum: attemptProblems,
    description:
      '`truncated`: too short. `mistyped`: long enough, but not what was given out. `surrounded`: with something around it. `revoked`, `expired`: whole, but no good any more.',
  })
  problem!: AttemptProblem;

  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiProperty({ type: 'integer', description: 'How long what came was, in characters.' })
  lengthChars!: number;

  @ApiProperty({ type: String, nullable: true })
  userAgent!: string | null;

  @ApiProperty({ format: 'date-time' })
  firstAt!: string;

  @ApiProperty({ format: 'date-time' })
  lastAt!: string;
}

/** What the traffic of the identity provider shows. */
export class FindingsResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...providers, null],
    description: 'Which identity provider it is, told by how it talks; null: nobody can tell.',
  })
  provider!: Provider | null;

  @ApiProperty({ type: [FindingResponse], description: 'The most urgent first. Empty: nothing is wrong.' })
  items!: FindingResponse[];

  @ApiProperty({ type: [TokenAttemptResponse], description: 'Of the last seven days, the newest first.' })
  attempts!: TokenAttemptResponse[];
}
