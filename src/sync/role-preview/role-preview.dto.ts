import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsGiven } from '../../http/validation/is-given.ts';
import { RoleGroupOfMemberResponse } from '../../member-directory/members/member.dto.ts';
import { RoleMappingDto } from '../../role-mapping/versions/role-mapping.dto.ts';
import { ReasonResponse } from '../record/sync.dto.ts';

/** Most people that one preview of roles names. */
export const rolePreviewMax = 200;
export const rolePreviewDefault = 50;

/** What may happen to somebody's role; `held`: it would be another one, and waits. */
export const roleChangeKinds = ['gain', 'lose', 'deactivate', 'held'] as const;
export type RoleChangeKind = (typeof roleChangeKinds)[number];

const kindMeaning =
  '`gain`: a higher role. `lose`: a lower one, or none. `deactivate`: no access any more. `held`: what would be another role waits.';

/** Body of `POST /api/role-mapping/preview`. */
export class RolePreviewDto extends RoleMappingDto {
  @ApiPropertyOptional({
    type: 'integer',
    description:
      'Taken so that a mapping can be sent as it was read. Nothing is compared: a preview saves nothing.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  version?: number;

  @ApiPropertyOptional({
    enum: roleChangeKinds,
    description: 'Only people are named who gain, lose or wait in this way.',
  })
  @IsGiven()
  @IsIn(roleChangeKinds)
  kind?: RoleChangeKind;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: rolePreviewMax,
    default: rolePreviewDefault,
    description: 'How many people are named at most. Everybody is counted.',
  })
  @IsGiven()
  @IsInt()
  @Min(1)
  @Max(rolePreviewMax)
  limit: number = rolePreviewDefault;
}

/** How many people it happens to. */
export class RoleChangeCountsResponse implements Record<RoleChangeKind | 'same', number> {
  @ApiProperty({ type: 'integer' })
  gain!: number;

  @ApiProperty({ type: 'integer' })
  lose!: number;

  @ApiProperty({ type: 'integer' })
  deactivate!: number;

  @ApiProperty({ type: 'integer' })
  held!: number;

  @ApiProperty({ type: 'integer', description: 'Active people of the directory whose role stays as it is.' })
  same!: number;

  @ApiProperty({
    type: 'integer',
    description: 'How many of those who gain or lose a role wait for a higher one, such as one that is full.',
  })
  waits!: number;
}

/** How many people have a role now, and would have it. */
export class RoleCountResponse {
  @ApiProperty({ type: String, nullable: true, description: 'The key of the role; null: none.' })
  role!: string | null;

  @ApiProperty({ type: 'integer' })
  before!: number;

  @ApiProperty({ type: 'integer' })
  after!: number;
}

/** What would happen to the role of one person. */
export class RoleChangeResponse {
  @ApiProperty({ enum: roleChangeKinds, description: kindMeaning })
  kind!: RoleChangeKind;

  @ApiProperty({ format: 'uuid' })
  directoryUserId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: they are no member yet.' })
  memberId!: string | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  before!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What they would have; of `held`, once it is not held.',
  })
  after!: string | null;

  @ApiProperty({ type: [RoleGroupOfMemberResponse], description: 'The groups that would give it.' })
  because!: RoleGroupOfMemberResponse[];

  @ApiProperty({
    type: ReasonResponse,
    nullable: true,
    description: 'Of `held`: why. Of others: why a higher role waits.',
  })
  reason!: ReasonResponse | null;
}

/** A rule that would do more work than one person may cost: for these people it neither gives a role nor takes one. */
export class CostlyRoleRuleResponse {
  @ApiProperty({ type: 'integer', description: 'The number of the rule, from 1.' })
  rule!: number;

  @ApiProperty({ description: 'The attribute that it reads.' })
  source!: string;

  @ApiProperty({ type: 'integer', description: 'How many people it concerns.' })
  people!: number;

  @ApiProperty({ description: 'The same in words.' })
  text!: string;
}

/** Who would gain and lose what. */
export class RolePreviewResponse {
  @ApiProperty({ type: RoleChangeCountsResponse, description: 'Counted over everybody.' })
  counts!: RoleChangeCountsResponse;

  @ApiProperty({
    type: [RoleCountResponse],
    description: 'Active people of the directory by role, the highest first, those without one last.',
  })
  roles!: RoleCountResponse[];

  @ApiProperty({ type: [CostlyRoleRuleResponse], description: 'Rules that are too costly for somebody.' })
  problems!: CostlyRoleRuleResponse[];

  @ApiProperty({ type: 'integer', description: 'How many people match what was asked for.' })
  matching!: number;

  @ApiProperty({
    type: [RoleChangeResponse],
    description: 'The first of those who match, in the order of their coming.',
  })
  items!: RoleChangeResponse[];
}
