import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDate, IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../http/paging/page.ts';
import type { DirectoryResource } from './directory-resources.ts';
import type { ChangeFact } from './request-facts.ts';
import { UsedTokenResponse } from './used-token.dto.ts';
import { NotesProperty, type ReadingNoteResponse } from './worded-notes.ts';
import { type Meaning, meaningCodes } from './request-meaning.ts';

export const filterLengthMaxChars = 300;

/** A time window. */
export class LogQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'At this time or later.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate({ message: 'must be a date and time (ISO 8601)' })
  from?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Before this time.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate({ message: 'must be a date and time (ISO 8601)' })
  to?: Date;
}

/** Which SCIM requests to list. */
export class ProvisioningLogQuery extends LogQuery {
  @ApiPropertyOptional({ enum: ['success', 'error'] })
  @IsOptional()
  @IsIn(['success', 'error'])
  outcome?: 'success' | 'error';

  @ApiPropertyOptional({
    enum: ['read', 'change'],
    description: 'Lookups and lists, or what wanted to change something.',
  })
  @IsOptional()
  @IsIn(['read', 'change'])
  kind?: 'read' | 'change';

  @ApiPropertyOptional({
    description:
      'Words that stand in a request, refused ones included, or in what the directory holds of its person or group: user name, external id, names, addresses.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(filterLengthMaxChars)
  search?: string;

  @ApiPropertyOptional({ description: 'The id of a directory user or group.' })
  @IsOptional()
  @IsString()
  @MaxLength(filterLengthMaxChars)
  resourceId?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description:
      'The id of a member: requests about the directory users that are or were linked to that member.',
  })
  @IsOptional()
  @IsUUID()
  memberId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The id of an API token: requests that came with it.' })
  @IsOptional()
  @IsUUID()
  tokenId?: string;
}

/** The person or group to look for in the directory. */
export class DirectoryResourceQuery {
  @ApiProperty({ description: 'Part of a name or of a user name.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(filterLengthMaxChars)
  search!: string;
}

/** A person or a group that the identity provider sent. */
export class DirectoryResourceResponse implements DirectoryResource {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['User', 'Group'] })
  resourceType!: 'User' | 'Group';

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null: a group, or deleted.' })
  userName!: string | null;
}

/** What a search in the directory found. */
export class DirectoryResourceListResponse {
  @ApiProperty({ type: [DirectoryResourceResponse], description: 'People first; at most 20 of each type.' })
  items!: DirectoryResourceResponse[];
}

/** What a request meant, for a sentence in the language of the reader. What does not apply is null. */
export class MeaningResponse implements Meaning {
  @ApiProperty({ enum: meaningCodes })
  code!: Meaning['code'];

  @ApiProperty({ type: String, nullable: true, enum: ['User', 'Group', null] })
  resourceType!: 'User' | 'Group' | null;

  @ApiProperty({ type: String, nullable: true, description: 'What the person or the group is called.' })
  name!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What changed or was asked for, as SCIM calls it.',
  })
  attribute!: string | null;

  @ApiProperty({
    nullable: true,
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
    description: 'What it became, or what was looked for.',
  })
  value!: string | number | boolean | null;

  @ApiProperty({ type: String, nullable: true, description: 'The first who joined or left a group.' })
  member!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'How many were found, joined or left; of a bulk request the number of its operations.',
  })
  count!: number | null;

  @ApiProperty({ type: 'integer', description: 'How many further attributes changed.' })
  more!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['create', 'change', 'delete', 'read', null],
    description: 'What a refused request wanted to do.',
  })
  wanted!: Meaning['wanted'];
}

/** One SCIM request. */
export class ProvisioningLogEntryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ description: 'The X-Request-Id of the answer.' })
  requestId!: string;

  @ApiProperty()
  method!: string;

  @ApiProperty({ description: 'Below /scim/v2.' })
  path!: string;

  @ApiProperty({ type: 'integer' })
  status!: number;

  @ApiProperty({ enum: ['success', 'error'] })
  outcome!: 'success' | 'error';

  @ApiProperty({ type: String, nullable: true })
  scimType!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The error that the identity provider got.' })
  detail!: string | null;

  @ApiProperty({ type: String, nullable: true, enum: ['User', 'Group', null] })
  resourceType!: 'User' | 'Group' | null;

  @ApiProperty({ type: String, nullable: true })
  resourceId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  userAgent!: string | null;

  @ApiProperty({ type: 'integer' })
  durationMs!: number;

  @ApiProperty({ type: UsedTokenResponse, nullable: true })
  token!: UsedTokenResponse | null;

  @ApiProperty({ type: MeaningResponse })
  meaning!: MeaningResponse;

  @NotesProperty()
  notes!: ReadingNoteResponse[];
}

const anyJson = {
  nullable: true,
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
};

/** A change of an attribute, or of a group's members: the first of those who joined or left, and how many they are. */
export class LoggedChangeResponse implements ChangeFact {
  @ApiProperty({ description: 'As SCIM calls it.' })
  path!: string;

  @ApiPropertyOptional({ ...anyJson, description: 'Null: no value.' })
  before?: unknown;

  @ApiPropertyOptional({ ...anyJson, description: 'Null: no value.' })
  after?: unknown;

  @ApiPropertyOptional({
    type: [String],
    description: 'By name; by id where nobody knows the name. At most 100.',
  })
  added?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Likewise.' })
  removed?: string[];

  @ApiPropertyOptional({ type: 'integer' })
  addedCount?: number;

  @ApiPropertyOptional({ type: 'integer' })
  removedCount?: number;
}

/** One SCIM request with what was sent, what was answered and what it changed. */
export class LoggedRequestResponse extends ProvisioningLogEntryResponse {
  @ApiProperty({
    ...anyJson,
    description:
      'The body as it came. Where a password or another secret stood, a mark that begins with ••• says that it was left out; beyond 16 KB it is cut, which … marks. Null: none, or a read that succeeded.',
  })
  request!: unknown;

  @ApiProperty({
    ...anyJson,
    description:
      'The body of a refusal and of a bulk request’s answer, likewise. Null: none is kept; `changes` say what became of it.',
  })
  answer!: unknown;

  @ApiProperty({ type: [LoggedChangeResponse], description: 'At most 100.' })
  changes!: LoggedChangeResponse[];
}

/** A page of SCIM requests, newest first. */
export class ProvisioningLogResponse {
  @ApiProperty({ type: [ProvisioningLogEntryResponse] })
  items!: ProvisioningLogEntryResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
