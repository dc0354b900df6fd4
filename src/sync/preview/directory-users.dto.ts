import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../../http/paging/page.ts';
import { type ChangeKind, changeKinds } from '../decision/change.ts';
import { ReasonResponse } from '../record/sync.dto.ts';
import { type DirectoryState, directoryStates } from './directory-state.ts';
import { searchLengthMaxChars } from './sync-preview.dto.ts';

const states =
  `\`available\`: the next run does something. \`linked\`: a member, in step. \`left\`: inactive, and so is the
  member. \`inactive\`: inactive and never a member. \`unlinked\`: active, without a member, and nothing is due yet.
  \`conflict\`, \`held\`, \`suppressed\`, \`excluded\`: withheld.`.replaceAll(/\s+/g, ' ');

/** Which people of the directory to list. */
export class DirectoryUsersQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      'Words that stand somewhere in the user name, external id, names or addresses; or the id of the person.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;

  @ApiPropertyOptional({ enum: directoryStates, description: states })
  @IsOptional()
  @IsIn(directoryStates)
  state?: DirectoryState;

  @ApiPropertyOptional({ format: 'uuid', description: 'Who this member is in the directory.' })
  @IsOptional()
  @IsUUID()
  memberId?: string;
}

/** Somebody the identity provider sent, and how they stand. */
export class DirectoryUserResponse {
  @ApiProperty({ format: 'uuid' })
  directoryUserId!: string;

  @ApiProperty({ description: 'As the preview calls them.' })
  name!: string;

  @ApiProperty({ description: 'Of somebody who was deleted, what they were called.' })
  userName!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The object id of Microsoft Entra ID, as a rule.',
  })
  externalId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The primary address, or else the first.' })
  email!: string | null;

  @ApiProperty({ description: 'Whether the identity provider says that they are active.' })
  active!: boolean;

  @ApiProperty({
    description:
      'Whether the identity provider deleted them. They are listed as long as something about them is pending or withheld.',
  })
  deleted!: boolean;

  @ApiProperty({ enum: directoryStates, description: states })
  state!: DirectoryState;

  @ApiProperty({ enum: [...changeKinds, 'nothing'], description: 'What the next run would do.' })
  kind!: ChangeKind | 'nothing';

  @ApiProperty({ type: ReasonResponse })
  reason!: ReasonResponse;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  memberId!: string | null;

  @ApiProperty({ format: 'date-time', description: 'When they came first.' })
  receivedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When the identity provider last changed something.' })
  changedAt!: string;
}

/** A page of the directory, in the order in which the people came. */
export class DirectoryUsersResponse {
  @ApiProperty({ type: [DirectoryUserResponse] })
  items!: DirectoryUserResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
