import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { PlainText } from '../fields/plain-text.ts';
import {
  roleKeyLengthMaxChars,
  roleKeyPattern,
  roleMembersMax,
  roleNameLengthMaxChars,
  roleRankMax,
} from './member-role.ts';

const keyMeaning = 'What rules, members and events call it; it never changes.';
const rankMeaning = 'Of several roles that a person would have, the one with the highest rank counts.';
const privilegedMeaning =
  'Whether it is given with care: nobody gains it by a run that no admin started, unless the workspace says otherwise, and no run takes it from the last who has such a role.';
const maxMeaning = 'How many active members of a workspace may have it; null: any number.';

/** A name in each language of the settings screen. */
export class RoleNameDto {
  @ApiProperty({ minLength: 1, maxLength: roleNameLengthMaxChars })
  @PlainText({ lengthMaxChars: roleNameLengthMaxChars })
  @MinLength(1)
  en!: string;

  @ApiProperty({ minLength: 1, maxLength: roleNameLengthMaxChars })
  @PlainText({ lengthMaxChars: roleNameLengthMaxChars })
  @MinLength(1)
  de!: string;
}

/** A role that members can have. */
export class MemberRoleDto {
  @ApiProperty({ pattern: roleKeyPattern.source, maxLength: roleKeyLengthMaxChars, description: keyMeaning })
  @IsString()
  @MaxLength(roleKeyLengthMaxChars)
  key!: string;

  @ApiProperty({ type: RoleNameDto })
  @IsObject()
  @ValidateNested()
  @Type(() => RoleNameDto)
  name!: RoleNameDto;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: roleRankMax, description: rankMeaning })
  @IsInt()
  @Min(0)
  @Max(roleRankMax)
  rank!: number;

  @ApiProperty({ description: privilegedMeaning })
  @IsBoolean()
  privileged!: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: roleMembersMax,
    nullable: true,
    description: maxMeaning,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(roleMembersMax)
  max?: number | null;
}

/** A name in each language. */
export class RoleNameResponse {
  @ApiProperty()
  en!: string;

  @ApiProperty()
  de!: string;
}

/** A role that members can have. */
export class MemberRoleResponse {
  @ApiProperty({ description: keyMeaning })
  key!: string;

  @ApiProperty({ type: RoleNameResponse })
  name!: RoleNameResponse;

  @ApiProperty({ type: 'integer', description: rankMeaning })
  rank!: number;

  @ApiProperty({ description: privilegedMeaning })
  privileged!: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: maxMeaning })
  max!: number | null;
}

/** All roles that are declared, the highest rank first. */
export class MemberRolesResponse {
  @ApiProperty({ type: [MemberRoleResponse] })
  items!: MemberRoleResponse[];

  @ApiProperty({ type: String, nullable: true, description: 'Always null: all are on one page.' })
  nextCursor!: null;
}
