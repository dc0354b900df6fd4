import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { IsGiven } from '../../http/validation/is-given.ts';
import { PlainText } from '../../member-directory/fields/plain-text.ts';
import { roleKeyLengthMaxChars } from '../../member-directory/roles/member-role.ts';
import {
  roleAttributeLengthMaxChars,
  roleRulesMax,
  roleValueLengthMaxChars,
  type WithoutGroup,
  withoutGroupChoices,
} from '../rule/role-rule.ts';

const defaultMeaning = 'The role of people without a rule that gives them one; null: none.';
const withoutGroupMeaning =
  'People without a rule that gives them a role. `default`: they have the default. `keep`: they keep the role that they have. `deactivate`: they lose access, as leavers do, and nobody new becomes a member without a role.';

/** A group of the directory. */
export class RoleGroupDto {
  @ApiProperty({ format: 'uuid', description: 'The id of a directory group; its name does not matter.' })
  @IsUUID()
  directoryGroupId!: string;
}

/** Who has a role: the people of a group, or those who have a value in an attribute. */
export class RoleRuleDto {
  @ApiPropertyOptional({ type: RoleGroupDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => RoleGroupDto)
  group?: RoleGroupDto;

  @ApiPropertyOptional({
    maxLength: roleAttributeLengthMaxChars,
    description: 'An attribute path, e.g. `roles.value`. Goes with `value`.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(roleAttributeLengthMaxChars)
  attribute?: string;

  @ApiPropertyOptional({
    maxLength: roleValueLengthMaxChars,
    description: 'The value that the attribute must have, or one of its values; case does not matter.',
  })
  @IsOptional()
  @PlainText({ lengthMaxChars: roleValueLengthMaxChars })
  @MinLength(1)
  value?: string;

  @ApiProperty({ maxLength: roleKeyLengthMaxChars, description: 'The key of a role.' })
  @IsString()
  @MaxLength(roleKeyLengthMaxChars)
  role!: string;
}

/** The rules of a body. */
export class RoleMappingDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: roleKeyLengthMaxChars,
    description: defaultMeaning,
  })
  @IsOptional()
  @IsString()
  @MaxLength(roleKeyLengthMaxChars)
  default?: string | null;

  @ApiProperty({ type: [RoleRuleDto], maxItems: roleRulesMax })
  @IsArray()
  @ArrayMaxSize(roleRulesMax)
  @ValidateNested({ each: true })
  @Type(() => RoleRuleDto)
  rules!: RoleRuleDto[];

  @ApiPropertyOptional({ enum: withoutGroupChoices, default: 'default', description: withoutGroupMeaning })
  @IsGiven()
  @IsIn(withoutGroupChoices)
  withoutGroup?: WithoutGroup;
}

/** Body of `PUT /api/role-mapping`. */
export class RoleMappingChangeDto extends RoleMappingDto {
  @ApiPropertyOptional({
    type: 'integer',
    description:
      'The version that the change is based on. If there is a newer one, the answer is 409; without `version`, nothing is compared.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  version?: number;
}

/** A group of the directory. */
export class RoleGroupResponse {
  @ApiProperty({ format: 'uuid' })
  directoryGroupId!: string;
}

/** Who has a role: `group`, or `attribute` and `value`. */
export class RoleRuleResponse {
  @ApiPropertyOptional({ type: RoleGroupResponse })
  group?: RoleGroupResponse;

  @ApiPropertyOptional()
  attribute?: string;

  @ApiPropertyOptional()
  value?: string;

  @ApiProperty()
  role!: string;
}

/** Answer of `GET` and `PUT /api/role-mapping`. */
export class RoleMappingResponse {
  @ApiProperty({ type: 'integer', description: '0 while nothing was said: roles are then left alone.' })
  version!: number;

  @ApiProperty({ type: String, nullable: true, description: defaultMeaning })
  default!: string | null;

  @ApiProperty({ type: [RoleRuleResponse] })
  rules!: RoleRuleResponse[];

  @ApiProperty({ enum: withoutGroupChoices, description: withoutGroupMeaning })
  withoutGroup!: WithoutGroup;
}
