import { ApiProperty } from '@nestjs/swagger';
import { type ChangeKind, changeKinds } from '../decision/change.ts';
import { FieldChangeResponse, ReasonResponse } from '../record/sync.dto.ts';
import { proposedMembersMax, type Likeness, likenesses } from './link-candidates.ts';
import { SuggestedMemberResponse } from './links.dto.ts';

/** A member that a person may be, and why. */
export class LinkCandidateResponse {
  @ApiProperty({ type: SuggestedMemberResponse })
  member!: SuggestedMemberResponse;

  @ApiProperty({
    enum: likenesses,
    isArray: true,
    description:
      'Why, the best reason first. `was-member`: they were this member before an admin linked it to somebody else. `same-mailbox`: the same text before the @.',
  })
  because!: Likeness[];
}

/** The members that a person is most likely to be, the likeliest first. */
export class LinkCandidatesResponse {
  @ApiProperty({ type: [LinkCandidateResponse], maxItems: proposedMembersMax })
  items!: LinkCandidateResponse[];
}

/** What would follow if an admin said which member a person is; their groups aside. */
export class LinkEffectResponse {
  @ApiProperty({
    enum: [...changeKinds, 'nothing'],
    description:
      '`link`, unless the next run would do something else: where no seat is left, or for a person who is not active.',
  })
  kind!: ChangeKind | 'nothing';

  @ApiProperty({ type: ReasonResponse })
  reason!: ReasonResponse;

  @ApiProperty({ type: [FieldChangeResponse], description: 'What the next run changes about the member.' })
  fields!: FieldChangeResponse[];

  @ApiProperty({
    type: [FieldChangeResponse],
    description:
      'What changes when the identity provider next sends something about the person: the run that links them leaves the address as it is. As everything stands now: what others do until then is not known.',
  })
  later!: FieldChangeResponse[];

  @ApiProperty({
    type: ReasonResponse,
    nullable: true,
    description: 'The conflict that the person would be in then; null: none.',
  })
  laterReason!: ReasonResponse | null;
}
