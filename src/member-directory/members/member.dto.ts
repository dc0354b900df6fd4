import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { IsGiven } from '../../http/validation/is-given.ts';
import { PageQuery } from '../../http/paging/page.ts';
import { memberSorts, type MemberSort } from './member-row.ts';
import {
  type Access,
  accesses,
  memberSources,
  memberStatuses,
  type MemberSource,
  type MemberStatus,
} from './member-status.ts';
import { emailLengthMaxChars } from '../../http/validation/email-length.ts';
import type { RoleGroup } from '../fields/role-because.ts';
import { PlainText } from '../fields/plain-text.ts';
import type { Suspension } from './suspension.ts';
import { MemberTextsDto, MemberTextsResponse, NullableText, rawLengthMaxChars } from './member-texts.dto.ts';
import type { PropertyValue } from '../properties/property-types/property-type.ts';

/** Longest search text, in UTF-16 units: a whole address. */
export const searchLengthMaxChars = emailLengthMaxChars;

/** The shape of `properties`: which type a value has is its property's business. */
export const propertiesSchema: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: {
    nullable: true,
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: { type: 'string' } },
    ],
  },
};

/** The writable fields of a member. */
export class MemberFieldsDto extends MemberTextsDto {
  @NullableText('Id of the member who is the manager.')
  managerId?: string | null;

  @ApiPropertyOptional({ ...propertiesSchema, description: 'Values by property key; null clears.' })
  @IsOptional()
  @IsObject({ message: 'must be an object of values by property key' })
  properties?: Record<string, unknown> | null;
}

/** Body of `POST /api/members`. */
export class NewMemberDto extends MemberFieldsDto {
  @ApiProperty({ description: 'E-mail address; no other member may have it.' })
  @PlainText({ lengthMaxChars: rawLengthMaxChars })
  email!: string;
}

/** Body of `PATCH /api/members/{id}`: what is left out stays, null clears. */
export class MemberChangeDto extends MemberFieldsDto {
  @ApiPropertyOptional({ description: 'E-mail address; no other member may have it.' })
  @IsOptional()
  @PlainText({ lengthMaxChars: rawLengthMaxChars })
  email?: string;

  @ApiPropertyOptional({ enum: ['active', 'deactivated'] })
  @IsOptional()
  @IsIn(['active', 'deactivated'], { message: 'must be active or deactivated' })
  status?: 'active' | 'deactivated';
}

/** The longest reason for which an admin suspends a member. */
export const suspensionReasonMaxChars = 500;

/** Body of `POST /api/members/{id}/suspend`. */
export class SuspendMemberDto {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: suspensionReasonMaxChars,
    description: 'Why; other admins of the workspace read it.',
  })
  @IsGiven()
  @MinLength(1)
  @PlainText({ lengthMaxChars: suspensionReasonMaxChars })
  reason?: string;
}

/** Query of `GET /api/members`; most of it may stand in the body of a bulk action, too, where null is not absence. */
export class MemberListQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      'Part of a name or of an e-mail address; a whole address finds the member who has it. On a PostgreSQL without pg_trgm: the beginning of one.',
  })
  @IsGiven()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;

  @ApiPropertyOptional({ enum: memberStatuses, description: 'Without it: everyone who is not removed.' })
  @IsGiven()
  @IsIn(memberStatuses)
  status?: MemberStatus;

  @ApiPropertyOptional({ enum: memberSources })
  @IsGiven()
  @IsIn(memberSources)
  source?: MemberSource;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only members of this group.' })
  @IsGiven()
  @IsUUID()
  groupId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only those whose manager is this member.' })
  @IsGiven()
  @IsUUID()
  managerId?: string;

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description: 'Only those whose removal the guard holds, or only the others.',
  })
  @IsGiven()
  @IsIn(['true', 'false'])
  held?: 'true' | 'false';

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description:
      'Only members that a person of the directory can be linked to, or only the others: members of somebody who is active there cannot be linked again.',
  })
  @IsGiven()
  @IsIn(['true', 'false'])
  linkable?: 'true' | 'false';

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description: 'Only those suspended by an admin, or only the others.',
  })
  @IsGiven()
  @IsIn(['true', 'false'])
  suspended?: 'true' | 'false';

  @ApiPropertyOptional({ enum: ['true'], description: 'Also says how many there are on all pages.' })
  @IsGiven()
  @IsIn(['true'])
  total?: 'true';

  @ApiPropertyOptional({ enum: memberSorts, default: 'createdAt' })
  @IsGiven()
  @IsIn(memberSorts)
  sort?: MemberSort;

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc' })
  @IsGiven()
  @IsIn(['asc', 'desc'])
  order?: 'asc' | 'desc';
}

/** That an admin suspended a member. */
export class SuspensionResponse implements Suspension {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ description: 'The address of the admin.' })
  by!: string;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

/** A group of the directory that gives a member their role. */
export class RoleGroupOfMemberResponse implements RoleGroup {
  @ApiProperty({ format: 'uuid' })
  groupId!: string;

  @ApiProperty()
  name!: string;
}

/** MEMBER. */
export class MemberResponse extends MemberTextsResponse {
  @ApiProperty({ enum: memberStatuses })
  status!: MemberStatus;

  @ApiProperty({ enum: memberSources })
  source!: MemberSource;

  @ApiProperty({
    type: [String],
    description: 'What provisioning owns: field names, `managerId`, `properties.<key>`.',
  })
  provisionedFields!: string[];

  @ApiProperty({ ...propertiesSchema, description: 'Values by property key.' })
  properties!: Record<string, PropertyValue>;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  managerId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The key of the role in the product; null: none, or the product has no roles.',
  })
  role!: string | null;

  @ApiProperty({
    type: [RoleGroupOfMemberResponse],
    description:
      'The directory groups that give the role, by name; none: an attribute gives it, or it is the default.',
  })
  roleBecause!: RoleGroupOfMemberResponse[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'Since when the removal guard holds the removal. Until an admin decides, access is suspended, or kept where `heldLeavers` says so.',
  })
  heldSince!: string | null;

  @ApiProperty({
    enum: accesses,
    description:
      '`suspended`: the removal guard holds the removal of a person who left, or an admin suspended them.',
  })
  access!: Access;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when access is suspended; null where it is not.',
  })
  suspendedSince!: string | null;

  @ApiProperty({
    type: SuspensionResponse,
    nullable: true,
    description: 'Set while an admin suspends the member, whatever the status is; only an admin lifts it.',
  })
  suspension!: SuspensionResponse | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

/** A page of members. */
export class MemberPageResponse {
  @ApiProperty({ type: [MemberResponse] })
  items!: MemberResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** A page of the list of members. */
export class MemberListResponse extends MemberPageResponse {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'How many there are on all pages, where the query asks for it with `total=true`; else null.',
  })
  total!: number | null;
}
