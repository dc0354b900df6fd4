import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { type Retention, retentionLimits, type RetentionName } from './retention.ts';

function Days(name: RetentionName, description: string): PropertyDecorator {
  const { minDays, maxDays } = retentionLimits[name];
  return applyDecorators(
    ApiPropertyOptional({ type: 'integer', nullable: true, minimum: minDays, maximum: maxDays, description }),
    IsOptional(),
    IsInt(),
    Min(minDays),
    Max(maxDays),
  );
}

/** What is to be kept for how many days; what is left out stays as it is, null keeps it for ever. */
export class UpdateRetentionDto implements Partial<Retention> {
  @Days('removedMembersDays', 'Members who were removed, from then on.')
  removedMembersDays?: number | null;

  @Days('historyDays', 'What the identity provider changed, field by field.')
  historyDays?: number | null;

  @Days('changesDays', 'Runs and what they changed, after they ended.')
  changesDays?: number | null;

  @Days('auditDays', 'The audit log. Its chain still holds from the oldest record that is kept.')
  auditDays?: number | null;
}

/** For how many days what is past is kept; null: for ever. */
export class RetentionResponse implements Retention {
  @ApiProperty({ type: 'integer', nullable: true })
  removedMembersDays!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  historyDays!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  changesDays!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  auditDays!: number | null;
}
