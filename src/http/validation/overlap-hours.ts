import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsNumber, Max, Min } from 'class-validator';

export const overlapDefaultHours = 24;
const overlapMaxHours = 168;

/** Property decorator: for how many hours a secret that is replaced keeps working. The default is up to the property. */
export function OverlapHours(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      minimum: 0,
      maximum: overlapMaxHours,
      default: overlapDefaultHours,
      description: 'How many hours the old secret keeps working.',
    }),
    IsNumber(),
    Min(0),
    Max(overlapMaxHours),
  );
}
