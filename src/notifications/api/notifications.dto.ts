import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { type Language, languages } from '../../errors/sentence.ts';
import { IsGiven } from '../../http/validation/is-given.ts';
import { ReadableName } from '../../http/validation/readable-name.ts';
import { type CauseKind, causeKinds } from '../causes/cause.ts';
import { type ChannelKind, channelKinds } from '../sending/channel.ts';
import { channelUrlLengthMaxChars } from './channel-url.ts';

/** The longest name of a channel. */
export const channelNameLengthMaxChars = 80;

const causesGivenMax = 50;
const postedKinds = ['slack', 'teams', 'webhook'] as const;
const causesDescription = 'What there are messages about.';
const languageDescription = 'The language of the messages.';

/** What there are messages about, and in which language. */
class WantedMessagesDto {
  @ApiProperty({ enum: causeKinds, isArray: true, description: causesDescription })
  @IsArray()
  @ArrayMaxSize(causesGivenMax)
  @IsIn(causeKinds, { each: true })
  causes!: CauseKind[];

  @ApiProperty({ enum: languages, description: languageDescription })
  @IsIn(languages)
  language!: Language;
}

/** What an admin wants to be told of by e-mail; without a cause there is no mail. */
export class SubscriptionDto extends WantedMessagesDto {}

/** A change of the notifications; what is absent stays. */
export class NotificationsChangeDto {
  @ApiPropertyOptional({ type: SubscriptionDto, description: 'The mail of the admin who is signed in.' })
  @IsGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => SubscriptionDto)
  mine?: SubscriptionDto;

  @ApiPropertyOptional({ description: 'Whether messages may name people; editors and owners change it.' })
  @IsGiven()
  @IsBoolean()
  names?: boolean;
}

/** A new channel of a workspace. */
export class AddChannelDto extends WantedMessagesDto {
  @ApiProperty({
    enum: postedKinds,
    description:
      '`slack`: an incoming webhook. `teams`: a workflow that takes webhook requests. `webhook`: any URL, signed as Standard Webhooks says.',
  })
  @IsIn(postedKinds)
  kind!: (typeof postedKinds)[number];

  @ApiProperty({ maxLength: channelNameLengthMaxChars, example: '#it-alerts' })
  @ReadableName({ lengthMaxChars: channelNameLengthMaxChars })
  name!: string;

  @ApiProperty({
    format: 'uri',
    maxLength: channelUrlLengthMaxChars,
    description: 'https to a public address. It is kept encrypted and never shown again.',
  })
  @MaxLength(channelUrlLengthMaxChars)
  @IsString()
  url!: string;
}

/** A change of a channel; what is absent stays. */
export class ChangeChannelDto {
  @ApiPropertyOptional({ maxLength: channelNameLengthMaxChars })
  @IsGiven()
  @ReadableName({ lengthMaxChars: channelNameLengthMaxChars })
  name?: string;

  @ApiPropertyOptional({ enum: causeKinds, isArray: true, description: causesDescription })
  @IsGiven()
  @IsArray()
  @ArrayMaxSize(causesGivenMax)
  @IsIn(causeKinds, { each: true })
  causes?: CauseKind[];

  @ApiPropertyOptional({ enum: languages, description: languageDescription })
  @IsGiven()
  @IsIn(languages)
  language?: Language;
}

/** Where messages go. */
export class ChannelResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: channelKinds })
  kind!: ChannelKind;

  @ApiProperty({ description: 'Of mail, the address.' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The host of the address. Null: mail.' })
  host!: string | null;

  @ApiProperty({ enum: causeKinds, isArray: true, description: causesDescription })
  causes!: CauseKind[];

  @ApiProperty({ enum: languages, description: languageDescription })
  language!: Language;

  @ApiProperty()
  createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

/** A channel that has just been added: the only time that its secret is shown. */
export class AddedChannelResponse extends ChannelResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What messages to any URL are signed with; begins with `whsec_`. Null: not signed.',
  })
  secret!: string | null;
}

/** Whether mail can be sent, and who it comes from. */
export class MailResponse {
  @ApiProperty({ description: 'False: the operator has not set it up.' })
  available!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'The address that mail comes from.' })
  from!: string | null;
}

/** Who and what is told of what. */
export class NotificationsResponse {
  @ApiProperty({ type: MailResponse })
  mail!: MailResponse;

  @ApiProperty({ description: 'Whether messages may name people.' })
  names!: boolean;

  @ApiProperty({
    type: ChannelResponse,
    nullable: true,
    description: 'The mail of the admin who is signed in.',
  })
  mine!: ChannelResponse | null;

  @ApiProperty({ type: [ChannelResponse], description: 'The mail of other admins.' })
  people!: ChannelResponse[];

  @ApiProperty({ type: [ChannelResponse], description: 'Slack, Teams and other addresses.' })
  channels!: ChannelResponse[];
}
