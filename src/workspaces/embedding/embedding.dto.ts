import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray } from 'class-validator';
import { IsGiven } from '../../http/validation/is-given.ts';

export const embeddingOriginsMax = 50;

/** Which products may show the settings screen in a page of theirs. */
export class EmbeddingDto {
  @ApiProperty({
    type: [String],
    maxItems: embeddingOriginsMax,
    example: ['https://app.example'],
    description:
      'Origins whose pages may show the screen in a frame: `https://` and a host, with a port where there is one, and nothing behind it. `http://` for the machine of the browser alone. None: nobody may.',
  })
  @IsArray()
  @ArrayMaxSize(embeddingOriginsMax)
  origins!: string[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: embeddingOriginsMax,
    default: [],
    description:
      'Further origins that the `returnUrl` of an admin link may lead to; those of `origins` always may.',
  })
  @IsGiven()
  @IsArray()
  @ArrayMaxSize(embeddingOriginsMax)
  returnOrigins: string[] = [];
}

/** Which products may. */
export class EmbeddingResponse {
  @ApiProperty({ type: [String] })
  origins!: string[];

  @ApiProperty({ type: [String] })
  returnOrigins!: string[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'null: nothing was set yet.',
  })
  updatedAt!: string | null;
}
