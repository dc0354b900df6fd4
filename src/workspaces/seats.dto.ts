import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsUUID, Max, Min } from 'class-validator';
import { IsGiven } from '../http/validation/is-given.ts';
import { seatLimitMax, type SeatLimit, type SeatsBeyond, seatsBeyond, type SeatUse } from './seat-limit.ts';

const limitMeaning = 'How many members may be active.';
const beyondMeaning =
  '`hold`: people who find no seat wait for one. `allow`: they become members, and you are told.';

/** The seats that a workspace is to have. */
export class SeatsDto {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: seatLimitMax, description: limitMeaning })
  @IsInt()
  @Min(0)
  @Max(seatLimitMax)
  limit!: number;

  @ApiPropertyOptional({ enum: seatsBeyond, default: 'hold', description: beyondMeaning })
  @IsGiven()
  @IsIn(seatsBeyond)
  beyond?: SeatsBeyond;
}

/** How many members of a workspace may be active. */
export class SeatLimitResponse implements SeatLimit {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: seatLimitMax, description: limitMeaning })
  limit!: number;

  @ApiProperty({ enum: seatsBeyond, description: beyondMeaning })
  beyond!: SeatsBeyond;
}

/** The seats of a workspace, and who has them. */
export class SeatUseResponse extends SeatLimitResponse implements SeatUse {
  @ApiProperty({ type: 'integer', description: 'Active members: each has a seat.' })
  used!: number;

  @ApiProperty({ type: 'integer', description: 'People who wait for a seat.' })
  waiting!: number;
}

/** The seats of a workspace. */
@ApiExtraModels(SeatUseResponse)
export class SeatsResponse {
  @ApiProperty({
    nullable: true,
    allOf: [{ $ref: getSchemaPath(SeatUseResponse) }],
    description: 'Null: as many members may be active as there are.',
  })
  seats!: SeatUseResponse | null;
}

const orders = ['first_come', 'groups', 'roles'] as const;
const orderMeaning =
  '`first_come`: who came into the directory first. `groups`: the people of the first of `groups`, then those of the next, then everybody else. `roles`: those who would have the highest role by their groups, and so on. Within each, who came first.';
/** How many groups may have an order. */
export const orderGroupsMax = 100;

/** Who gets a seat first where there are fewer than people. */
export class SeatOrderResponse {
  @ApiProperty({ enum: orders, description: orderMeaning })
  by!: (typeof orders)[number];

  @ApiProperty({ type: [String], format: 'uuid', description: 'For `groups`: ids of directory groups.' })
  groups!: string[];
}

/** A change of that order; what is absent stays. */
export class SeatOrderChangeDto {
  @ApiPropertyOptional({ enum: orders, description: orderMeaning })
  @IsGiven()
  @IsIn(orders)
  by?: (typeof orders)[number];

  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: orderGroupsMax })
  @IsGiven()
  @IsArray()
  @ArrayMaxSize(orderGroupsMax)
  @IsUUID(undefined, { each: true })
  groups?: string[];
}
