import { Injectable } from '@nestjs/common';
import { CursorSeal } from '../../database/cursor-seal.ts';
import type { Language } from '../../errors/sentence.ts';
import { cursorsOf, decodeCursor, type Page, pageOf } from '../../http/paging/page.ts';
import type { Change } from '../decision/change.ts';
import { toPendingView } from '../wording/change-view.ts';
import { directoryStateOf } from './directory-state.ts';
import { type DirectorySearch, readReceived, type ReceivedPerson } from './directory-users.ts';
import type { DirectoryUserResponse } from './directory-users.dto.ts';
import { addressIn } from './person-facts.ts';
import { decideAlone } from './planned-batches.ts';
import { PreviewScenes, type Scene } from './preview-scenes.ts';

/** How many people are read and decided about at once. */
const stepSizePeople = 200;

/** What is asked for: who, and from where on. */
export interface DirectoryQuery extends DirectorySearch {
  cursor?: string | undefined;
  limit: number;
}

/** Somebody who was received, and what is decided about them. */
interface Received {
  person: ReceivedPerson;
  change: Change;
}

/** Everybody the identity provider sent, each with the state that a run would find. */
@Injectable()
export class DirectoryUsersService {
  constructor(
    private readonly seal: CursorSeal,
    private readonly scenes: PreviewScenes,
  ) {}

  /**
   * A page of the people who were received, in the order in which they came: those who are in the directory still, and those
   * who were deleted while something about them is pending or withheld. State and reason are those of the preview.
   *
   * @throws BadInputError when the cursor was not made by this list for this query
   */
  async page(
    workspaceId: string,
    { cursor, limit, ...asked }: DirectoryQuery,
    language: Language,
  ): Promise<Page<DirectoryUserResponse>> {
    const cursors = cursorsOf(this.seal, 'directory-users', workspaceId, asked);
    const after = decodeCursor(cursors, cursor);
    const found = await this.scenes.inScene(workspaceId, (scene) =>
      this.matching(scene, asked, after, limit + 1),
    );
    const items = found.map((one) => shown(one, language));
    return pageOf(cursors, items, limit, ({ directoryUserId }) => directoryUserId);
  }

  /** The first `max` who match, after a person. */
  private async matching(
    scene: Scene,
    asked: DirectorySearch,
    after: string | null,
    max: number,
  ): Promise<Received[]> {
    const found: Received[] = [];
    let from = after;
    for (;;) {
      const limit = asked.state === undefined ? Math.min(stepSizePeople, max - found.length) : stepSizePeople;
      const place = { after: from, now: scene.now, limit };
      const people = await readReceived(scene.db, scene.policy.workspace.id, asked, place);
      for (const one of await this.decided(scene, people)) {
        const isOver = one.person.deleted && one.change.kind === 'nothing';
        if (!isOver && (asked.state === undefined || stateOf(one) === asked.state)) found.push(one);
      }
      const last = people.at(-1);
      if (last === undefined || people.length < limit || found.length >= max) return found.slice(0, max);
      from = last.id;
    }
  }

  /** What a run would do with each: as the plan says of those who are queued, and as a run leaves the others. */
  private async decided(scene: Scene, people: readonly ReceivedPerson[]): Promise<Received[]> {
    if (people.length === 0) return [];
    const ids = people.map(({ id }) => id);
    const changes = new Map<string, Change>(await this.scenes.planned(scene, ids));
    const others = ids.filter((id) => !changes.has(id));
    if (others.length > 0) {
      const { db, policy, now } = scene;
      for (const { decision } of await decideAlone(db, policy, scene, others, now)) {
        changes.set(decision.directoryUserId, decision);
      }
    }
    return people.flatMap((person) => {
      const change = changes.get(person.id);
      return change === undefined ? [] : [{ person, change }];
    });
  }
}

function stateOf({ person, change }: Received) {
  return directoryStateOf(change, person.active);
}

function shown({ person, change }: Received, language: Language): DirectoryUserResponse {
  const { kind, directoryUserId, memberId, name, reason } = toPendingView(change, language);
  const { userName, externalId, active, deleted, createdAt, modifiedAt } = person;
  return {
    directoryUserId,
    name: name || userName,
    userName,
    externalId,
    email: addressIn(person.emails),
    active,
    deleted,
    state: stateOf({ person, change }),
    kind,
    reason,
    memberId,
    receivedAt: createdAt.toISOString(),
    changedAt: modifiedAt.toISOString(),
  };
}
