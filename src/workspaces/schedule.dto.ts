import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, Matches } from 'class-validator';
import { named } from '../http/validation/constraint-faults.ts';
import { IsGiven } from '../http/validation/is-given.ts';

/** `HH:MM`. */
export const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

const scheduleChoices = ['daily', 'times', 'hours'] as const;
type ScheduleChoice = (typeof scheduleChoices)[number];
const scheduleMeaning =
  '`daily`: within the hour from `dailySyncAt` on. `times`: within a quarter of an hour from each of `times` on. `hours`: every `everyHours` hours from midnight on, likewise.';

/** How many times of day a schedule may have. */
export const timesMax = 24;

/** Hours after which everything is synchronized again: those that divide a day. */
const everyHoursChoices = [1, 2, 3, 4, 6, 8, 12];

/** How often everything is synchronized, by the clocks of the time zone. */
export class ScheduleResponse {
  @ApiProperty({ enum: scheduleChoices, description: scheduleMeaning })
  which!: ScheduleChoice;

  @ApiProperty({ type: [String], description: 'For `times`: `HH:MM`, in order, each once.' })
  times!: string[];

  @ApiProperty({ type: 'integer', enum: everyHoursChoices, description: 'For `hours`.' })
  everyHours!: number;
}

/** A change of the schedule; what is absent stays. */
export class ScheduleChangeDto {
  @ApiPropertyOptional({ enum: scheduleChoices, description: scheduleMeaning })
  @IsGiven()
  @IsIn(scheduleChoices)
  which?: ScheduleChoice;

  @ApiPropertyOptional({
    type: [String],
    minItems: 1,
    maxItems: timesMax,
    description: 'For `times`: `HH:MM`. What stands there twice counts once.',
  })
  @IsGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(timesMax)
  @Matches(timeOfDay, {
    ...named('not-a-time-of-day'),
    each: true,
    message: 'times must be times of day as HH:MM',
  })
  times?: string[];

  @ApiPropertyOptional({ type: 'integer', enum: everyHoursChoices, description: 'For `hours`.' })
  @IsGiven()
  @IsIn(everyHoursChoices)
  everyHours?: number;
}
