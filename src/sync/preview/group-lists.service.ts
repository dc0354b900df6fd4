import { Injectable } from '@nestjs/common';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { InLane } from '../../database/lanes/task.ts';
import { parameter, sql } from '../../database/sql.ts';
import { memberNameSql } from '../../member-directory/fields/member-name-sql.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { searchForms } from '../../scim-core/search-text.ts';
import {
  cursorsOf,
  decodeCursor,
  decodePlace,
  encodePlace,
  type Page,
  pageOf,
  type Place,
} from '../../http/paging/page.ts';
import { groupsChoice } from '../policy/chosen-groups.ts';
import { joins } from './preview-filter.ts';
import { compareGroups, type PreviewedGroup, previewedGroups } from './preview-groups.ts';
import { firstBehind, placeAt } from './preview-index.ts';
import { PreviewLists } from './preview-lists.ts';
import { PreviewScenes, type Scene } from './preview-scenes.ts';

/** Groups of one workspace that the preview looks at. */
const groupsMax = 100_000;

const byName = { sort: 'name', isDescending: false } as const;

/** A page as it is asked for. */
interface PageQuery {
  cursor?: string | undefined;
  limit: number;
}

/** A page of groups; `matching`: how many there are on all pages. */
export interface PreviewedGroupPage extends Page<PreviewedGroup> {
  matching: number;
}

/** Somebody who would join or leave a group. */
export interface MovedPerson {
  /** Null for members who are no person of the directory. */
  directoryUserId: string | null;
  memberId: string | null;
  name: string;
  email: string | null;
  joins: boolean;
}

/** What a run would do to groups, and who would join and leave them. */
@Injectable()
export class GroupListsService {
  constructor(
    private readonly seal: CursorSeal,
    private readonly scenes: PreviewScenes,
    private readonly lists: PreviewLists,
  ) {}

  /**
   * The groups that a run started now would make, rename, delete, or bring people into and out of, and those for which an
   * admin took that back; by name.
   *
   * @throws BadInputError for a cursor of another list
   */
  @InLane('list')
  async groups(
    workspaceId: string,
    { search = '', cursor, limit }: PageQuery & { search?: string | undefined },
  ): Promise<PreviewedGroupPage> {
    const cursors = cursorsOf(this.seal, 'preview-groups', workspaceId, { search });
    const place = decodePlace(cursors, cursor);
    const forms = searchForms(search);
    const all = await this.scenes.inScene(workspaceId, (scene) => this.allGroups(scene));
    const found = all.filter(
      ({ name }) => forms.length === 0 || forms.some((form) => foldCase(name).includes(form)),
    );
    const rest = place === null ? found : found.filter((group) => compareGroups(group, groupAt(place)) > 0);
    const items = rest.slice(0, limit);
    const last = rest.length > limit ? items.at(-1) : undefined;
    return {
      items,
      matching: found.length,
      nextCursor: last ? encodePlace(cursors, placeOf(last)) : null,
    };
  }

  private async allGroups(scene: Scene): Promise<PreviewedGroup[]> {
    await this.scenes.counted(scene);
    const tally = this.scenes.plan(scene)?.groups ?? null;
    const choice = groupsChoice(scene.policy.settings.groups);
    return previewedGroups(scene.db, scene.policy.workspace.id, choice, tally, groupsMax);
  }

  /**
   * Who would join and leave a group, by name. A group that is deleted is left by everybody who is in it.
   *
   * @throws NotFoundError for a group that is neither in the directory nor in the product
   * @throws BadInputError for a cursor of another list
   */
  @InLane('list')
  async people(
    workspaceId: string,
    groupId: string,
    { cursor, limit }: PageQuery,
  ): Promise<Page<MovedPerson>> {
    const group = groupId.toLowerCase();
    const cursors = cursorsOf(this.seal, 'preview-group-people', workspaceId, { group });
    return this.scenes.inScene(workspaceId, async (scene) => {
      const found = (await this.allGroups(scene)).filter((one) => one.groupId === group);
      if (found.length === 0 && !(await isGroup(scene, group))) throw new NotFoundError('group');
      if (found.some(({ kind }) => kind === 'delete')) {
        const people = await membersOf(scene, group, decodeCursor(cursors, cursor), limit + 1);
        return pageOf(cursors, people, limit, ({ memberId }) => memberId ?? '');
      }
      const { index } = await this.lists.listing(scene, { groupId: group }, byName);
      const start = firstBehind(index, decodePlace(cursors, cursor), byName);
      const ids = index.ids.slice(start, start + limit);
      const changes = await this.lists.changesOf(scene, ids);
      const end = start + ids.length;
      return {
        items: changes.map(({ kind, directoryUserId, memberId, name, facts, groups }) => ({
          directoryUserId,
          memberId: kind === 'create' ? null : memberId,
          name,
          email: facts.email,
          joins: joins({ groups }, group),
        })),
        nextCursor: end < index.ids.length ? encodePlace(cursors, placeAt(index, end - 1)) : null,
      };
    });
  }
}

/** The place of a group in the list, as a cursor holds it. */
function placeOf({ groupId, kind, name }: PreviewedGroup): Place {
  return { id: groupId, sortValue: `${kind}:${name}` };
}

function groupAt({ id: groupId, sortValue }: Place): Pick<PreviewedGroup, 'groupId' | 'kind' | 'name'> {
  const [kind = '', ...name] = (sortValue ?? '').split(':');
  return { groupId, kind: kind as PreviewedGroup['kind'], name: name.join(':') };
}

/** Whether there is such a group, in the directory or in the product. */
async function isGroup({ db, policy }: Scene, groupId: string): Promise<boolean> {
  const workspace = parameter(policy.workspace.id);
  const { rows } = await db.run(sql<{ is: boolean }>`
    SELECT EXISTS (SELECT FROM directory_group WHERE workspace_id = ${workspace} AND id = ${groupId})
      OR EXISTS (SELECT FROM member_group WHERE workspace_id = ${workspace} AND id = ${groupId}) AS is`);
  return rows[0]?.is ?? false;
}

/** Everybody who is in a member group, in the order of their ids. */
async function membersOf(
  { db, policy }: Scene,
  groupId: string,
  after: string | null,
  limit: number,
): Promise<MovedPerson[]> {
  const workspace = parameter(policy.workspace.id);
  const begin = parameter(after);
  const { rows } = await db.run(sql<Omit<MovedPerson, 'joins'>>`
    SELECT l.directory_user_id AS "directoryUserId", m.id AS "memberId", ${memberNameSql('m')} AS name,
      m.email
    FROM member_group_member g
    JOIN member m ON m.workspace_id = ${workspace} AND m.id = g.member_id
    LEFT JOIN sync_link l ON l.workspace_id = ${workspace} AND l.member_id = m.id
    WHERE g.workspace_id = ${workspace} AND g.group_id = ${groupId}
      AND (${begin}::uuid IS NULL OR g.member_id > ${begin})
    ORDER BY g.member_id LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, joins: false }));
}
