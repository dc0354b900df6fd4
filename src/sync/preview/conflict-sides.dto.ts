import { ApiProperty } from '@nestjs/swagger';
import { memberSources, memberStatuses } from '../../member-directory/members/member-status.ts';
import { accountStates, sideOffers, type ConflictSide } from './conflict-sides.ts';

/** Somebody in a conflict, with what tells them apart from the other. */
export class ConflictSideResponse implements ConflictSide {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null: nobody in the directory.',
  })
  directoryUserId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: no member yet.' })
  memberId!: string | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  userName!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The object id of Microsoft Entra ID, as a rule.',
  })
  externalId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Of the person, as the member will have it; of anybody else who is a member, as the member has it; of who is no member, as the rules or else the identity provider say.',
  })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Likewise.' })
  department!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The job title; likewise.' })
  title!: string | null;

  @ApiProperty({ enum: accountStates, description: 'In the directory; `none`: a member made by hand.' })
  account!: (typeof accountStates)[number];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the identity provider last changed something.',
  })
  accountChangedAt!: string | null;

  @ApiProperty({ enum: [...memberStatuses, 'none'] })
  memberStatus!: ConflictSide['memberStatus'];

  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...memberSources, null],
    description: 'How the member came to be.',
  })
  source!: ConflictSide['source'];

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  memberChangedAt!: string | null;

  @ApiProperty({
    enum: sideOffers,
    isArray: true,
    description:
      '`link`: the person may be this member. `exclude`: this one is left out, which ends the conflict between the two. Neither is refused.',
  })
  offers!: ConflictSide['offers'];
}
