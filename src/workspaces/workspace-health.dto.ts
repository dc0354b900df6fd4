import { ApiProperty } from '@nestjs/swagger';

/** What somebody has to do something about in a workspace. */
export class NeedResponse {
  @ApiProperty({ description: 'Names it for good; new ones may come.', example: 'held-removals' })
  code!: string;

  @ApiProperty({ description: 'In the language of the request.' })
  text!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'How many people it is about.' })
  count!: number | null;

  @ApiProperty({
    format: 'date-time',
    description: 'Since when it is so; for what is to come, when it comes.',
  })
  at!: string;
}

/** How a workspace is. */
export class WorkspaceHealthResponse {
  @ApiProperty({ type: [NeedResponse], description: 'The most important one first; empty: all is well.' })
  needs!: NeedResponse[];

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastContactAt!: string | null;
}
