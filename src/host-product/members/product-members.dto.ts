import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { ExternalId, externalIdLengthMaxChars } from '../../http/validation/external-id.ts';
import { PageQuery } from '../../http/paging/page.ts';
import { PlainText } from '../../member-directory/fields/plain-text.ts';
import { memberStatuses, type MemberStatus } from '../../member-directory/members/member-status.ts';
import { NullableText, rawLengthMaxChars } from '../../member-directory/members/member-texts.dto.ts';
import {
  MemberFieldsDto,
  MemberResponse,
  searchLengthMaxChars,
} from '../../member-directory/members/member.dto.ts';

/** The longest id of the identity provider that is looked up: SCIM stores no longer one. */
export const idpExternalIdLengthMaxChars = 2_600;

/** The longest reason for which a person is kept out. */
const reasonLengthMaxChars = 500;

/** Query of `GET /operator/workspaces/{id}/members`: exact values, which all must hold. */
export class ProductMembersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'The whole address; upper and lower case are the same.' })
  @IsOptional()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  email?: string;

  @ApiPropertyOptional({ description: 'Your own id of the member, without `ext:`.' })
  @IsOptional()
  @IsString()
  @MaxLength(externalIdLengthMaxChars)
  externalId?: string;

  @ApiPropertyOptional({ description: 'The `externalId` that the identity provider sends for the person.' })
  @IsOptional()
  @IsString()
  @MaxLength(idpExternalIdLengthMaxChars)
  idpExternalId?: string;

  @ApiPropertyOptional({
    enum: memberStatuses,
    description:
      'Without it: everyone who is not removed. An address finds no removed member, who has given it back.',
  })
  @IsOptional()
  @IsIn(memberStatuses)
  status?: MemberStatus;
}

/** Body of `PUT /operator/workspaces/{id}/members/{member}`: what is left out stays, null clears. */
export class PutMemberDto extends MemberFieldsDto {
  @ApiPropertyOptional({
    description: 'E-mail address; no other member may have it. A new member needs one.',
  })
  @IsOptional()
  @PlainText({ lengthMaxChars: rawLengthMaxChars })
  email?: string;

  @NullableText(
    'The member who is the manager: our id of them, or `ext:` and your own. In a batch, name the manager in an earlier line.',
  )
  declare managerId?: string | null;

  @ExternalId(
    'Your own id of the member. To give an existing member another one, name the member by our id; null takes it away.',
  )
  externalId?: string | null;

  @ApiPropertyOptional({
    enum: ['active', 'deactivated'],
    description: 'A removed member comes back as `active` when it is left out.',
  })
  @IsOptional()
  @IsIn(['active', 'deactivated'], { message: 'must be active or deactivated' })
  status?: 'active' | 'deactivated';
}

/** Body of `POST …/members/{member}/exclude`. */
export class ExcludeMemberDto {
  @ApiProperty({ description: 'Why; the admin of the workspace reads it.' })
  @IsString()
  @MinLength(1)
  @MaxLength(reasonLengthMaxChars)
  @PlainText({ lengthMaxChars: reasonLengthMaxChars })
  reason!: string;
}

/** The person of the directory that a member is linked to. */
export class IdpPersonResponse {
  @ApiProperty({ type: String, nullable: true })
  externalId!: string | null;

  @ApiProperty()
  userName!: string;
}

/** A group that a member is in. */
export class GroupOfMemberResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

/** MEMBER, as the back end of the host product sees it. */
export class ProductMemberResponse extends OmitType(MemberResponse, ['suspendedSince', 'suspension']) {
  @ApiProperty({ type: String, nullable: true, description: 'Your own id of the member.' })
  externalId!: string | null;

  @ApiProperty({ type: 'integer', description: 'Grows by 1 with every change of the member.' })
  version!: number;

  @ApiProperty({ type: IdpPersonResponse, nullable: true })
  idp!: IdpPersonResponse | null;

  @ApiProperty({ type: [GroupOfMemberResponse] })
  groups!: GroupOfMemberResponse[];
}

/** A page of members. */
export class ProductMemberPageResponse {
  @ApiProperty({ type: [ProductMemberResponse] })
  items!: ProductMemberResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** What was decided about the person that a member is. */
export class MemberExclusionResponse {
  @ApiProperty({ format: 'uuid' })
  memberId!: string;

  @ApiProperty({ format: 'uuid', description: 'The person of the directory.' })
  directoryUserId!: string;

  @ApiProperty({ description: 'Whether synchronization leaves the person out.' })
  excluded!: boolean;
}
