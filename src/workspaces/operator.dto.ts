import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../http/paging/page.ts';
import { ExternalId } from '../http/validation/external-id.ts';
import { emailLengthMaxChars } from '../http/validation/email-length.ts';
import { named } from '../http/validation/constraint-faults.ts';
import { IsGiven } from '../http/validation/is-given.ts';
import { ReadableName } from '../http/validation/readable-name.ts';
import { addressLengthMaxChars } from './embedding/origin.ts';
import { type ColorScheme, colorSchemes } from './screen-wishes.ts';
import { SeatLimitResponse, SeatsDto } from './seats.dto.ts';
import { type AdminRole, adminRoles } from '../http/request/admin-roles.ts';
import { WorkspaceHealthResponse } from './workspace-health.dto.ts';
import type { Workspace, WorkspaceState } from './workspace.ts';

export const workspaceNameLengthMaxChars = 200;

const linkPathLengthMaxChars = 200;
export const adminNameLengthMaxChars = 200;
const localeLengthMaxChars = 35;
/** A page of the screen: no other host, no way up, nothing that a browser reads as more than a path and a search. */
const screenPath = /^(?:user-provisioning|members|properties|groups)(?:\/[\w-]+)*(?:\?[\w.~%&=+-]*)?$/;

/** A new workspace. */
export class CreateWorkspaceDto {
  @ApiProperty({ example: 'Example AG', maxLength: workspaceNameLengthMaxChars })
  @ReadableName({ lengthMaxChars: workspaceNameLengthMaxChars })
  name!: string;

  @ExternalId('Your own id for it, unique among workspaces: every path takes `ext:` and this id.')
  externalId?: string | null;
}

/** A workspace as it is to be: made when there is none. */
export class PutWorkspaceDto {
  @ApiProperty({ example: 'Example AG', maxLength: workspaceNameLengthMaxChars })
  @ReadableName({ lengthMaxChars: workspaceNameLengthMaxChars })
  name!: string;

  @ApiPropertyOptional({
    description: 'Whether this workspace may use user provisioning. Absent: it stays; of a new one false.',
  })
  @IsGiven()
  @IsBoolean()
  entitled?: boolean;

  @ApiPropertyOptional({
    description: 'Whether it is for trying things out. Absent: it stays; of a new one false.',
  })
  @IsGiven()
  @IsBoolean()
  sandbox?: boolean;
}

/** A change of a workspace; what is absent stays. */
@ApiExtraModels(SeatsDto)
export class UpdateWorkspaceDto {
  @ApiPropertyOptional({ maxLength: workspaceNameLengthMaxChars })
  @IsGiven()
  @ReadableName({ lengthMaxChars: workspaceNameLengthMaxChars })
  name?: string;

  @ApiPropertyOptional({ description: 'Whether this workspace may use user provisioning.' })
  @IsGiven()
  @IsBoolean()
  entitled?: boolean;

  @ApiPropertyOptional({
    description:
      'Whether this workspace is for trying things out. Its admin may then let a simulated identity provider fill it.',
  })
  @IsGiven()
  @IsBoolean()
  sandbox?: boolean;

  @ExternalId('Your own id for it. Null takes it away.')
  externalId?: string | null;

  @ApiPropertyOptional({
    nullable: true,
    allOf: [{ $ref: getSchemaPath(SeatsDto) }],
    description: 'How many members may be active. Null takes the limit away.',
  })
  @ValidateIf((_object, value) => value !== undefined && value !== null)
  @IsObject()
  @ValidateNested()
  @Type(() => SeatsDto)
  seats?: SeatsDto | null;
}

/** The admin that a link is for. */
export class CreateAdminLinkDto {
  @ApiProperty({ format: 'email', maxLength: emailLengthMaxChars })
  @MaxLength(emailLengthMaxChars)
  @IsEmail()
  email!: string;

  @ApiPropertyOptional({
    enum: adminRoles,
    default: 'owner',
    description:
      'What they may do: an `owner` everything; an `editor` all but API tokens, OAuth clients, sessions of others, the roles of members, activating and deactivating; a `viewer` looks only.',
  })
  @IsGiven()
  @IsIn(adminRoles)
  role: AdminRole = 'owner';

  @ApiPropertyOptional({
    default: 'user-provisioning',
    maxLength: linkPathLengthMaxChars,
    description: 'The page that the link opens, below `/settings/`, such as `user-provisioning/synchronize`.',
  })
  @IsGiven()
  @MaxLength(linkPathLengthMaxChars)
  @Matches(screenPath, named('not-a-page'))
  path: string = 'user-provisioning';

  @ApiPropertyOptional({ maxLength: adminNameLengthMaxChars, description: 'What they are called.' })
  @IsGiven()
  @ReadableName({ lengthMaxChars: adminNameLengthMaxChars })
  name?: string;

  @ApiPropertyOptional({
    maxLength: localeLengthMaxChars,
    example: 'de-AT',
    description:
      'The language of the screen, as a tag of BCP 47. Where the screen does not speak it, the browser of the admin decides.',
  })
  @IsGiven()
  @IsString()
  @MaxLength(localeLengthMaxChars)
  locale?: string;

  @ApiPropertyOptional({
    enum: colorSchemes,
    description: 'The theme of the screen; `auto` is that of the browser.',
  })
  @IsGiven()
  @IsIn(colorSchemes)
  colorScheme?: ColorScheme;

  @ApiPropertyOptional({
    format: 'uri',
    maxLength: addressLengthMaxChars,
    description:
      'Where the screen leads back to your product. Its origin must be one of `PUT /operator/embedding`.',
  })
  @IsGiven()
  @IsString()
  @MaxLength(addressLengthMaxChars)
  returnUrl?: string;
}

/** A workspace, as its operator sees it. */
@ApiExtraModels(SeatLimitResponse)
export class WorkspaceResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Short, unique name.' })
  slug!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Your own id for it.' })
  externalId!: string | null;

  @ApiProperty()
  entitled!: boolean;

  @ApiProperty({ description: 'For trying things out.' })
  sandbox!: boolean;

  @ApiProperty({ enum: ['not_entitled', 'inactive', 'active'] })
  state!: WorkspaceState;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'The workspace lost its entitlement. If it gets it back before this time, everything continues, API tokens included.',
  })
  suspendedUntil!: string | null;

  @ApiProperty({
    nullable: true,
    allOf: [{ $ref: getSchemaPath(SeatLimitResponse) }],
    description: 'How many members may be active; null: as many as there are.',
  })
  seats!: SeatLimitResponse | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

/** The query of the list of workspaces. */
export class WorkspacesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['health'], description: '`health`: each with how it is.' })
  @IsOptional()
  @IsIn(['health'])
  include?: 'health';
}

/** A workspace in a list. */
export class ListedWorkspaceResponse extends WorkspaceResponse {
  @ApiPropertyOptional({ type: WorkspaceHealthResponse, description: 'With `include=health`.' })
  health?: WorkspaceHealthResponse;
}

/** One page of workspaces. */
export class WorkspacePageResponse {
  @ApiProperty({ type: [ListedWorkspaceResponse] })
  items!: ListedWorkspaceResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** A one-time link that signs an admin in. */
export class AdminLinkResponse {
  @ApiProperty({ format: 'uri', description: 'Carries the code in its fragment, which no server log sees.' })
  url!: string;

  @ApiProperty()
  code!: string;

  @ApiProperty({ format: 'uuid', description: 'The workspace that it opens.' })
  workspaceId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Your own id for that workspace.' })
  workspaceExternalId!: string | null;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

/** The outward shape of a workspace. */
export function toWorkspaceResponse(workspace: Workspace): WorkspaceResponse {
  const { id, name, slug, externalId, entitled, sandbox, state, seats } = workspace;
  const suspendedUntil = workspace.suspendedUntil?.toISOString() ?? null;
  const createdAt = workspace.createdAt.toISOString();
  return { id, name, slug, externalId, entitled, sandbox, state, suspendedUntil, seats, createdAt };
}
