import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { badCursor, cursorsOf, type Page } from '../../http/paging/page.ts';
import { CursorSeal, type SealedCursors } from '../../database/cursor-seal.ts';
import { parameter, sql } from '../../database/sql.ts';
import { dbOf } from '../../database/db-of.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { AttributeMappingService } from './attribute-mapping.service.ts';
import type { MappingVersionsQuery } from './mapping-history.dto.ts';
import { type MappingDifference, mappingDifference } from './mapping-difference.ts';
import { type Mapping, readMapping } from './rule-rows.ts';

/** A version of the mapping in the history: who, when, what. */
export interface MappingVersion {
  version: number;
  savedBy: string | null;
  savedAt: string | null;
  restoredFrom: number | null;
  rules: number;
  /** Against the version before. */
  difference: MappingDifference;
}

interface VersionRow {
  version: number;
  created_by: string;
  created_at: Date;
  restored_from: number | null;
}

/** The versions of a workspace's mapping. */
@Injectable()
export class MappingHistoryService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly mapping: AttributeMappingService,
  ) {}

  /** A page of the versions, the newest first, each with what it changed. @throws BadInputError for a bad cursor */
  async list(workspaceId: string, query: MappingVersionsQuery): Promise<Page<MappingVersion>> {
    const cursors = cursorsOf(this.seal, 'mapping-versions', workspaceId);
    const before = parameter(versionBefore(cursors, query.cursor));
    const { rows } = await dbOf(this.dataSource)
      .run(sql<VersionRow>`SELECT version, created_by, created_at, restored_from FROM attribute_mapping
       WHERE workspace_id = ${workspaceId} AND (${before}::integer IS NULL OR version < ${before})
         ORDER BY version DESC LIMIT ${query.limit + 1}`);
    const items = await Promise.all(
      rows.slice(0, query.limit).map(async (row) => this.describe(workspaceId, row)),
    );
    const last = items.at(-1);
    const hasMore = rows.length > query.limit && last !== undefined;
    return { items, nextCursor: hasMore ? cursors.seal(Buffer.from(String(last.version))) : null };
  }

  /** The rules of one version; 0 stands for the built-in ones. @throws NotFoundError */
  async get(workspaceId: string, version: number): Promise<Mapping> {
    if (version === 0) return this.mapping.builtIn(dbOf(this.dataSource), workspaceId);
    const mapping = await readMapping(dbOf(this.dataSource), workspaceId, version);
    if (mapping === null) throw noSuchVersion();
    return mapping;
  }

  /**
   * Saves the rules of an earlier version as the newest.
   *
   * @throws NotFoundError
   * @throws BadInputError naming the rules that are no longer valid because their property is gone
   * @throws PreconditionFailedError when the rules that hold now are others than the request names
   */
  async restore(session: Session, version: number, precondition: Precondition): Promise<Mapping> {
    const { rules } = await this.get(session.workspaceId, version);
    return this.mapping.save(session, rules, { restoredFrom: version, precondition });
  }

  private async describe(workspaceId: string, row: VersionRow): Promise<MappingVersion> {
    const { rules } = await this.get(workspaceId, row.version);
    const before = await this.get(workspaceId, row.version - 1);
    return {
      version: row.version,
      savedBy: row.created_by,
      savedAt: row.created_at.toISOString(),
      restoredFrom: row.restored_from,
      rules: rules.length,
      difference: mappingDifference(before.rules, rules),
    };
  }
}

/** The version that a page goes on below, or null for the first page. @throws BadInputError */
function versionBefore(cursors: SealedCursors, cursor: string | undefined): number | null {
  if (cursor === undefined || cursor === '') return null;
  const place = cursors.open(cursor);
  if (place === null) throw badCursor();
  return Number(place.toString());
}

/** The version that a path names. @throws NotFoundError for what is no version number */
export function versionOf(text: string): number {
  if (!/^[0-9]{1,9}$/u.test(text)) throw noSuchVersion();
  return Number(text);
}

function noSuchVersion(): NotFoundError {
  return new NotFoundError('version of the attribute mapping');
}
