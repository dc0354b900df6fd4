import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditAction } from '../../audit/audit-actions.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { transactionOrDryRun } from '../../database/dry-run.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { InLane } from '../../database/lanes/task.ts';
import { ConflictError, type DomainError, NotFoundError } from '../../errors/domain-errors.ts';
import {
  bulkAnswer,
  type BulkResponse,
  confirmedSelection,
  type Outcome,
  requireOneChoice,
} from '../../http/paging/bulk.ts';
import { adminAuthor } from '../../member-directory/events/author.ts';
import { MemberEvents } from '../../member-directory/events/member-events.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { nameOf } from '../decision/fresh-link.ts';
import type { Person } from '../decision/person.ts';
import { type SyncPolicy, SyncPolicyService } from '../policy/sync-policy.ts';
import {
  decideAbout,
  type DecisionContext,
  exclusion,
  inclusion,
  lifting,
  type LinkAct,
  linkToMembers,
  loadKnown,
  lockForMany,
  type Refusals,
  retrying,
} from '../preview/link-changes.ts';
import { proposedMember } from '../preview/link-suggestions.service.ts';
import { filterIn } from '../preview/preview-filter.ts';
import { asTheyCome } from '../preview/preview-index.ts';
import { PreviewLists } from '../preview/preview-lists.ts';
import { PreviewScenes } from '../preview/preview-scenes.ts';
import { ApprovalsService } from '../runs/approvals.service.ts';
import type { BulkAction, BulkPeopleDto } from './bulk.dto.ts';

/** People who are loaded and written at once; all of them in one transaction. */
const batchSizePeople = 500;

/** How the audit log calls each act. */
const audited: Readonly<Record<BulkAction, AuditAction>> = {
  approve: 'removals.approved',
  reject: 'removals.rejected',
  exclude: 'people.excluded',
  include: 'people.included',
  lift: 'suppressions.lifted',
  retry: 'conflicts.retried',
  link: 'people.linked',
};

/** Who an act is about, in their order, and the members that they may be. */
interface Chosen {
  ids: readonly string[];
  proposals: ReadonlyMap<string, string>;
}

/** An act as it is carried out. */
interface Act {
  action: BulkAction;
  context: DecisionContext;
  by: string;
  proposals: ReadonlyMap<string, string>;
}

/** Decides about many people at once: in one transaction, with an outcome for each. */
@Injectable()
export class BulkDecisionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly policies: SyncPolicyService,
    private readonly scenes: PreviewScenes,
    private readonly lists: PreviewLists,
    private readonly approvals: ApprovalsService,
  ) {}

  /**
   * Does one thing with everybody who is named, or who matches. Who cannot be decided about like this is refused, and
   * does not stop the others. A dry run does the same, and takes all of it back.
   *
   * @throws BadInputError when nobody is chosen, or too many, or a confirmation is missing
   * @throws ConflictError `selection-changed` when others match by now than were confirmed
   */
  @InLane('overhaul')
  async act(session: Session, body: BulkPeopleDto): Promise<BulkResponse> {
    const { action, directoryUserIds, matching, dryRun = false } = body;
    requireOneChoice('directoryUserIds', directoryUserIds, matching);
    const { workspaceId, email } = session;
    const { ids, proposals } = await this.chosen(workspaceId, body);
    const selection = confirmedSelection(ids, body, matching !== undefined);
    const policy = await this.policies.open(workspaceId);
    const outcomes = await transactionOrDryRun(this.dataSource, dryRun, async (manager) => {
      await useGenericPlans(manager);
      await lockForMany(manager, workspaceId, ids);
      const events = new MemberEvents(adminAuthor(session).cause);
      const context = { policy, now: this.clock.now(), events };
      const result = await this.carryOut(manager, { action, context, by: email, proposals }, ids);
      const done = result.filter(({ refusal }) => refusal === null).map(({ id }) => id);
      await this.record(manager, session, action, done, matching);
      events.append(dbOf(manager), workspaceId, context.now);
      return result;
    });
    return bulkAnswer(outcomes, selection, dryRun);
  }

  /** Who a request is about, each once, in the order of the list or of the request. */
  private async chosen(
    workspaceId: string,
    { action, directoryUserIds, matching }: BulkPeopleDto,
  ): Promise<Chosen> {
    const named = [...new Set(directoryUserIds?.map((id) => id.toLowerCase()))];
    if (matching === undefined && action !== 'link') return { ids: named, proposals: new Map() };
    return this.scenes.inScene(workspaceId, async (scene) => {
      const ids =
        matching === undefined
          ? named
          : (await this.lists.listing(scene, filterIn(matching), asTheyCome)).index.ids;
      const proposals = new Map<string, string>();
      if (action === 'link') {
        for (const change of await this.lists.changesOf(scene, ids)) {
          const memberId = proposedMember(change);
          if (memberId !== null) proposals.set(change.directoryUserId, memberId);
        }
      }
      return { ids, proposals };
    });
  }

  private async carryOut(manager: EntityManager, act: Act, ids: readonly string[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (let from = 0; from < ids.length; from += batchSizePeople) {
      const batch = ids.slice(from, from + batchSizePeople);
      // Of held people, those who approve lock first the run and then the members.
      const lock = act.action !== 'approve' && act.action !== 'reject';
      const people = await loadKnown(manager, act.context, batch, lock);
      const personOf = new Map(people.map((person) => [person.directoryUserId, person]));
      const refused = await this.decide(manager, act, people);
      for (const id of batch) {
        const person = personOf.get(id);
        const refusal =
          person === undefined ? new NotFoundError('directory user') : (refused.get(id) ?? null);
        outcomes.push({ id, name: person === undefined ? '' : nameOf(person), refusal });
      }
    }
    return outcomes;
  }

  private async decide(manager: EntityManager, act: Act, people: readonly Person[]): Promise<Refusals> {
    const { action, context, by, proposals } = act;
    switch (action) {
      case 'approve':
      case 'reject':
        return this.decideHeld(manager, context.policy, action, people);
      case 'link':
        return linkAsProposed(manager, act, people, proposals);
      case 'exclude':
        return decideAbout(manager, context, people, excludingBy(by));
      case 'include':
        return decideAbout(manager, context, people, inclusion);
      case 'lift':
        return decideAbout(manager, context, people, lifting);
      case 'retry':
        return decideAbout(manager, context, people, retrying);
    }
  }

  private async decideHeld(
    manager: EntityManager,
    policy: SyncPolicy,
    action: 'approve' | 'reject',
    people: readonly Person[],
  ): Promise<Refusals> {
    const ids = people.map(({ directoryUserId }) => directoryUserId);
    const outcomes = await this.approvals.decideAmong(manager, policy, action, ids);
    return new Map(
      ids.flatMap((id) => {
        const outcome = outcomes.get(id) ?? 'nothing-held';
        return outcome === 'done' ? [] : [[id, new ConflictError(outcome, heldRefusals[outcome])] as const];
      }),
    );
  }

  private async record(
    manager: EntityManager,
    session: Session,
    action: BulkAction,
    done: readonly string[],
    matching: BulkPeopleDto['matching'],
  ): Promise<void> {
    if (done.length === 0) return;
    const { workspaceId, actor } = adminAuthor(session);
    const details = {
      people: done.length,
      ...(action === 'lift' && { groups: 0 }),
      ...(matching && { matching }),
    };
    await this.audit.record(manager, { workspaceId, actor, action: audited[action], targets: done, details });
  }
}

const heldRefusals = {
  'nothing-held': 'Nothing is held for this person.',
  'came-back-since': 'This person is active again, so that nobody takes their access.',
  'approval-refused': 'The database refused to write this removal. The person is a conflict.',
} as const;

/** Of somebody who is left out already, it stays written who did that. */
function excludingBy(by: string): LinkAct {
  const { linkOf } = exclusion({ code: 'excluded', params: { by } });
  return {
    linkOf: (person) => {
      if (person.link?.state === 'excluded') {
        throw new ConflictError('already-excluded', 'This person is excluded already.');
      }
      return linkOf(person);
    },
  };
}

/** Links people to the members that may be the same; where several may be one member, an admin has to say which. */
async function linkAsProposed(
  manager: EntityManager,
  { context, by }: Act,
  people: readonly Person[],
  proposals: ReadonlyMap<string, string>,
): Promise<Refusals> {
  const askers = new Map<string, number>();
  for (const memberId of proposals.values()) askers.set(memberId, (askers.get(memberId) ?? 0) + 1);
  const refused = new Map<string, DomainError>();
  const clear = people.filter(({ directoryUserId: id }) => {
    const memberId = proposals.get(id);
    if (memberId === undefined) refused.set(id, new ConflictError('no-proposal', noProposal));
    else if ((askers.get(memberId) ?? 0) > 1) {
      refused.set(id, new ConflictError('proposed-twice', proposedTwice));
    }
    return !refused.has(id);
  });
  for (const [id, refusal] of await linkToMembers(manager, context, clear, { memberOf: proposals, by })) {
    refused.set(id, refusal);
  }
  return refused;
}

const noProposal = 'No one member is known who may be this person.';
const proposedTwice = 'Several people may be this member. Link the right one by hand.';
