import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { named } from '../http/validation/constraint-faults.ts';
import { IsGiven } from '../http/validation/is-given.ts';
import { ScheduleChangeDto, ScheduleResponse, timeOfDay } from './schedule.dto.ts';
import { SeatOrderChangeDto, SeatOrderResponse } from './seats.dto.ts';
import { isTimeZone } from './settings.ts';

const graceMaxDays = 365;
const removalsAtLeastMax = 1_000_000;

function IsTimeZone(): PropertyDecorator {
  return ValidateBy({
    name: 'isTimeZone',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isTimeZone(value),
      defaultMessage: () => 'timeZone must be the IANA name of a time zone, such as Europe/Berlin',
    },
  });
}

/** How many removals in 24 hours need no approval. */
export class RemovalGuardResponse {
  @ApiProperty({
    minimum: 0,
    maximum: 100,
    description: 'Share of the active provisioned members, in percent.',
  })
  percent!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'This many removals always go through.' })
  atLeast!: number;
}

const patternLengthMaxChars = 200;
const groupsPickedMax = 1000;
const groupChoices = ['all', 'matching', 'picked'] as const;

/** Which directory groups become member groups. */
export class GroupsChoiceResponse {
  @ApiProperty({ enum: groupChoices })
  which!: (typeof groupChoices)[number];

  @ApiProperty({ description: 'For `matching`: the name, `*` for any characters; case does not matter.' })
  pattern!: string;

  @ApiProperty({ type: [String], format: 'uuid', description: 'For `picked`: ids of directory groups.' })
  picked!: string[];
}

/** A change of the choice of groups; what is absent stays. */
export class GroupsChoiceChangeDto {
  @ApiPropertyOptional({ enum: groupChoices })
  @IsGiven()
  @IsIn(groupChoices)
  which?: (typeof groupChoices)[number];

  @ApiPropertyOptional({ minLength: 1, maxLength: patternLengthMaxChars })
  @IsGiven()
  @IsString()
  @Length(1, patternLengthMaxChars)
  pattern?: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: groupsPickedMax })
  @IsGiven()
  @IsArray()
  @ArrayMaxSize(groupsPickedMax)
  @IsUUID(undefined, { each: true })
  picked?: string[];
}

const absentActiveMeaning =
  'Whether a PUT of a user without `active` means inactive. If not, `active` stays as it was.';

const momentChoices = ['immediately', 'next_sync'] as const;
type Moment = (typeof momentChoices)[number];
const leaversMeaning = 'When people who are deactivated or deleted in the directory lose access.';
const returnersMeaning = 'When members who left and are active in the directory again get their access back.';

const heldChoices = ['suspend', 'keep'] as const;
type HeldLeavers = (typeof heldChoices)[number];
const heldMeaning =
  'Whether members whose removal the guard holds lose access in the product until an admin decides, or keep it.';

const privilegedChoices = ['reviewed', 'immediately'] as const;
type PrivilegedRoles = (typeof privilegedChoices)[number];
const privilegedMeaning =
  'Whether privileged roles are gained only in a run that an admin starts, or in any. Roles are lost at once either way.';

/** The settings of a workspace. */
export class SettingsResponse {
  @ApiProperty({ example: '02:00', pattern: timeOfDay.source })
  dailySyncAt!: string;

  @ApiProperty({ type: ScheduleResponse })
  schedule!: ScheduleResponse;

  @ApiProperty({ example: 'Europe/Berlin', description: 'IANA name' })
  timeZone!: string;

  @ApiProperty({ enum: momentChoices, description: leaversMeaning })
  leavers!: Moment;

  @ApiProperty({ enum: momentChoices, description: returnersMeaning })
  returners!: Moment;

  @ApiProperty({ enum: ['deactivate', 'delete'] })
  onLeave!: 'deactivate' | 'delete';

  @ApiProperty({ enum: heldChoices, description: heldMeaning })
  heldLeavers!: HeldLeavers;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: graceMaxDays })
  graceDays!: number;

  @ApiProperty()
  linkByEmail!: boolean;

  @ApiProperty({ description: absentActiveMeaning })
  absentActiveIsInactive!: boolean;

  @ApiProperty({ type: RemovalGuardResponse })
  removalGuard!: RemovalGuardResponse;

  @ApiProperty({ type: GroupsChoiceResponse })
  groups!: GroupsChoiceResponse;

  @ApiProperty({ type: SeatOrderResponse })
  seatOrder!: SeatOrderResponse;

  @ApiProperty({ enum: privilegedChoices, description: privilegedMeaning })
  privilegedRoles!: PrivilegedRoles;
}

/** A change of the removal guard; what is absent stays. */
export class RemovalGuardChangeDto {
  @ApiPropertyOptional({ minimum: 0, maximum: 100 })
  @IsGiven()
  @IsNumber()
  @Min(0)
  @Max(100)
  percent?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: removalsAtLeastMax })
  @IsGiven()
  @IsInt()
  @Min(0)
  @Max(removalsAtLeastMax)
  atLeast?: number;
}

/** A change of the settings; what is absent stays. */
export class SettingsChangeDto {
  @ApiPropertyOptional({ example: '02:00', pattern: timeOfDay.source })
  @IsGiven()
  @Matches(timeOfDay, {
    ...named('not-a-time-of-day'),
    message: 'dailySyncAt must be a time of day as HH:MM',
  })
  dailySyncAt?: string;

  @ApiPropertyOptional({ type: ScheduleChangeDto })
  @IsGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ScheduleChangeDto)
  schedule?: ScheduleChangeDto;

  @ApiPropertyOptional({ example: 'Europe/Berlin', description: 'IANA name' })
  @IsGiven()
  @IsTimeZone()
  timeZone?: string;

  @ApiPropertyOptional({ enum: momentChoices, description: leaversMeaning })
  @IsGiven()
  @IsIn(momentChoices)
  leavers?: Moment;

  @ApiPropertyOptional({ enum: momentChoices, description: returnersMeaning })
  @IsGiven()
  @IsIn(momentChoices)
  returners?: Moment;

  @ApiPropertyOptional({ enum: ['deactivate', 'delete'] })
  @IsGiven()
  @IsIn(['deactivate', 'delete'])
  onLeave?: 'deactivate' | 'delete';

  @ApiPropertyOptional({ enum: heldChoices, description: heldMeaning })
  @IsGiven()
  @IsIn(heldChoices)
  heldLeavers?: HeldLeavers;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: graceMaxDays })
  @IsGiven()
  @IsInt()
  @Min(0)
  @Max(graceMaxDays)
  graceDays?: number;

  @ApiPropertyOptional()
  @IsGiven()
  @IsBoolean()
  linkByEmail?: boolean;

  @ApiPropertyOptional({ description: absentActiveMeaning })
  @IsGiven()
  @IsBoolean()
  absentActiveIsInactive?: boolean;

  @ApiPropertyOptional({ type: RemovalGuardChangeDto })
  @IsGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => RemovalGuardChangeDto)
  removalGuard?: RemovalGuardChangeDto;

  @ApiPropertyOptional({ type: GroupsChoiceChangeDto })
  @IsGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => GroupsChoiceChangeDto)
  groups?: GroupsChoiceChangeDto;

  @ApiPropertyOptional({ type: SeatOrderChangeDto })
  @IsGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => SeatOrderChangeDto)
  seatOrder?: SeatOrderChangeDto;

  @ApiPropertyOptional({ enum: privilegedChoices, description: privilegedMeaning })
  @IsGiven()
  @IsIn(privilegedChoices)
  privilegedRoles?: PrivilegedRoles;
}
