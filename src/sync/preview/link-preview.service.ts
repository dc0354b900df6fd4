import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import type { Language } from '../../errors/sentence.ts';
import { isUnknown, type Person } from '../decision/person.ts';
import { type LoadedPeople, loadPeople } from '../planning/load-people.ts';
import { SyncPolicyService } from '../policy/sync-policy.ts';
import { type ReasonView, worded } from '../wording/change-view.ts';
import { loadKnown, refusalToLink } from './link-changes.ts';
import { type LinkCandidate, linkCandidates } from './link-candidates.ts';
import { type LinkEffect, linkEffect, readLinkable } from './link-effect.ts';
import { PreviewScenes, type Scene } from './preview-scenes.ts';

/** What a link would change, in the asker's language. */
export type LinkEffectView = Omit<LinkEffect, 'reason' | 'laterReason'> & {
  reason: ReasonView;
  laterReason: ReasonView | null;
};

/** What an admin wants to know before they say which member a person is. It writes nothing. */
@Injectable()
export class LinkPreviewService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly policies: SyncPolicyService,
    private readonly scenes: PreviewScenes,
  ) {}

  /**
   * The members that a person is most likely to be; empty for somebody who cannot be linked to any.
   *
   * @throws NotFoundError when neither the directory nor its history knows the person
   */
  async candidates(workspaceId: string, directoryUserId: string): Promise<LinkCandidate[]> {
    const policy = await this.policies.open(workspaceId);
    return this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      const at = { policy, now: this.clock.now() };
      const [person] = await loadKnown(manager, at, [directoryUserId], false);
      if (person === undefined) throw new NotFoundError('directory user');
      return refusalToLink(person) === null ? linkCandidates(dbOf(manager), workspaceId, person) : [];
    });
  }

  /**
   * What would follow if an admin said that a person is this member.
   *
   * @throws NotFoundError, ConflictError as saying so would be refused
   */
  async effect(
    workspaceId: string,
    directoryUserId: string,
    memberId: string,
    language: Language,
  ): Promise<LinkEffectView> {
    return this.scenes.inScene(workspaceId, async (scene) => {
      const { person, loaded } = await loadOne(scene, directoryUserId);
      const refusal = refusalToLink(person);
      if (refusal !== null) throw refusal;
      const member = await readLinkable(scene, directoryUserId, memberId);
      const { reason, laterReason, ...effect } = linkEffect(scene, loaded, member);
      return {
        ...effect,
        reason: worded(reason, language),
        laterReason: laterReason && worded(laterReason, language),
      };
    });
  }
}

async function loadOne(
  { db, policy, now }: Scene,
  directoryUserId: string,
): Promise<{ person: Person; loaded: LoadedPeople }> {
  const loaded = await loadPeople(db, policy.workspace.id, [directoryUserId], policy, { lock: false, now });
  const [person] = loaded.people;
  if (person === undefined || isUnknown(person)) throw new NotFoundError('directory user');
  return { person, loaded };
}
