import { ApiProperty } from '@nestjs/swagger';
import { type ChangeKind, changeKinds, type Pending } from '../decision/change.ts';
import type { ChosenPeople } from '../policy/chosen-people.ts';
import { type GroupCounts, type RunState, runStates, type RunTrigger, runTriggers } from './run-states.ts';

/** How many changes there are of each kind. */
export class PendingResponse implements Pending {
  @ApiProperty({ type: 'integer', description: 'New members.' })
  create!: number;

  @ApiProperty({ type: 'integer', description: 'Existing members that provisioning takes over.' })
  link!: number;

  @ApiProperty({ type: 'integer', description: 'Members whose fields or groups change.' })
  update!: number;

  @ApiProperty({ type: 'integer', description: 'Leavers who lose access.' })
  deactivate!: number;

  @ApiProperty({ type: 'integer', description: 'Returners who get access again.' })
  reactivate!: number;

  @ApiProperty({ type: 'integer', description: 'Leavers who are removed.' })
  remove!: number;

  @ApiProperty({ type: 'integer', description: 'People who cannot be synchronized.' })
  conflict!: number;

  @ApiProperty({ type: 'integer', description: 'Removals that the guard holds.' })
  held!: number;

  @ApiProperty({ type: 'integer', description: 'Changes that an admin took back or rejected.' })
  suppressed!: number;

  @ApiProperty({ type: 'integer', description: 'People that an admin excluded.' })
  excluded!: number;
}

/** One field before and after. */
export class FieldChangeResponse {
  @ApiProperty({ description: 'A member field, `properties.<key>`, or `groups`: the names of all of them.' })
  field!: string;

  @ApiProperty({ required: true, nullable: true, oneOf: valueSchemas() })
  before!: unknown;

  @ApiProperty({ required: true, nullable: true, oneOf: valueSchemas() })
  after!: unknown;
}

/** A reason: for machines by code and parameters, for people by text. */
export class ReasonResponse {
  @ApiProperty()
  code!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  params!: Record<string, unknown>;

  @ApiProperty({ description: 'In the language that `Accept-Language` prefers, en or de.' })
  text!: string;
}

/** What synchronization does, or would do, to one person. */
export class PersonChangeResponse {
  @ApiProperty({ enum: [...changeKinds, 'nothing'] })
  kind!: ChangeKind | 'nothing';

  @ApiProperty({ format: 'uuid' })
  directoryUserId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  memberId!: string | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: [FieldChangeResponse] })
  fields!: FieldChangeResponse[];

  @ApiProperty({ type: ReasonResponse })
  reason!: ReasonResponse;
}

/** How many groups a run made, renamed, deleted, or brought people into and out of (`members`). */
export class GroupCountsResponse implements GroupCounts {
  @ApiProperty({ type: 'integer' })
  create!: number;

  @ApiProperty({ type: 'integer' })
  rename!: number;

  @ApiProperty({ type: 'integer' })
  members!: number;

  @ApiProperty({ type: 'integer' })
  delete!: number;
}

/** A directory group that was chosen. */
export class ChosenGroupResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'As it was called then.' })
  name!: string;
}

/** The people a run is about. */
export class ChosenPeopleResponse implements ChosenPeople {
  @ApiProperty({ type: 'integer', description: 'How many people were chosen, those of the groups included.' })
  people!: number;

  @ApiProperty({ type: [ChosenGroupResponse] })
  groups!: ChosenGroupResponse[];
}

/** What an undo undoes. */
export class UndoneRunResponse {
  @ApiProperty({ format: 'uuid', description: 'The run that is undone.' })
  runId!: string;

  @ApiProperty({ description: 'Whether changes are made again by it: that one was an undo, and no redo.' })
  redoes!: boolean;
}

/** RUN of the HTTP contract: one synchronization. Times are ISO 8601 in UTC. */
export class RunResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: runTriggers })
  trigger!: RunTrigger;

  @ApiProperty({ enum: runStates })
  state!: RunState;

  @ApiProperty({ type: 'integer', description: 'People to look at.' })
  total!: number;

  @ApiProperty({ type: 'integer', description: 'People looked at.' })
  done!: number;

  @ApiProperty({ type: PendingResponse })
  counts!: PendingResponse;

  @ApiProperty({ type: GroupCountsResponse })
  groups!: GroupCountsResponse;

  @ApiProperty({ description: 'An e-mail address, or `system`.' })
  requestedBy!: string;

  @ApiProperty({
    type: ChosenPeopleResponse,
    nullable: true,
    description: 'Of a run that is about chosen people alone; else null.',
  })
  chosen!: ChosenPeopleResponse | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why the run failed or is being retried, in words.',
  })
  error!: string | null;

  @ApiProperty({
    type: [ReasonResponse],
    description:
      'What the run could not do: rules that were too expensive, groups that could not be written.',
  })
  notes!: ReasonResponse[];

  @ApiProperty({
    type: UndoneRunResponse,
    nullable: true,
    description: 'Of an undo, as long as the runs that it goes back to are kept; else null.',
  })
  undoes!: UndoneRunResponse | null;
}

function valueSchemas() {
  return [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: { type: 'string' } },
  ];
}
