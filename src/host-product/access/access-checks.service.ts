import { Injectable } from '@nestjs/common';
import type { Db } from '../../database/db.ts';
import { QuickReads } from '../../database/quick-reads.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { BadInputError } from '../../errors/domain-errors.ts';
import type { Language } from '../../errors/sentence.ts';
import { type Reference, requireReference } from '../../http/endpoint/reference.ts';
import { type Caller, reaches } from '../../http/request/caller.ts';
import type { AccessCheckDto, AccessCheckResponse } from './access-checks.dto.ts';
import { type AccessReason, accessReasonText } from './access-reasons.ts';
import { checkKeys, findAccess, findWorkspace, type FoundAccess, type Wanted } from './access-statements.ts';
import { decideAccess } from './decide-access.ts';

/** Says whether people may use the product. */
@Injectable()
export class AccessChecksService {
  constructor(
    private readonly reads: QuickReads,
    private readonly pool: StatementPool,
  ) {}

  /**
   * The answer to one check. What is sound is always answered: of a workspace that does not exist for the caller nobody is
   * known.
   *
   * @param path where the check stands in the body, for the fault; empty for the body itself
   * @throws BadInputError for a check that names its person in no way, or in several
   */
  async check(
    check: AccessCheckDto,
    path: string,
    caller: Caller,
    language: Language,
  ): Promise<AccessCheckResponse> {
    const wanted = wantedOf(check, path);
    const workspacePath = path === '' ? 'workspace' : `${path}.workspace`;
    const workspace = requireReference(check.workspace, workspacePath);
    const line = workspace.kind === 'id' ? workspace.id : workspace.externalId;
    const found = await this.find(this.reads.of(line), workspace, wanted);
    if (found === undefined || !reaches(caller, found.workspaceId)) return noWorkspace(language);
    const { decision, reason } = decideAccess(found);
    const { member } = found;
    return {
      decision,
      reason: worded(reason, language),
      member: member && {
        id: member.id,
        externalId: member.externalId,
        version: member.version,
        status: member.status,
        access: member.access,
      },
      sequence: Number(found.sequence),
    };
  }

  /**
   * One statement, the workspace included: a sign-in waits for it. Where the database is distributed, the workspace says which
   * node is asked, so that its id is found first.
   */
  private async find(db: Db, workspace: Reference, wanted: Wanted): Promise<FoundAccess | undefined> {
    let asked = workspace;
    if (asked.kind !== 'id' && this.pool.isDistributed) {
      const [named] = (await db.run(findWorkspace(asked.externalId))).rows;
      if (named === undefined) return undefined;
      asked = { kind: 'id', id: named.id };
    }
    return (await db.run(findAccess(asked, wanted))).rows[0];
  }

  /** The answers to many checks, in their order. @throws BadInputError for the first that is not sound */
  async checkAll(
    checks: readonly AccessCheckDto[],
    caller: Caller,
    language: Language,
  ): Promise<AccessCheckResponse[]> {
    return Promise.all(checks.map((check, at) => this.check(check, `checks[${at}]`, caller, language)));
  }
}

function wantedOf(check: AccessCheckDto, path: string): Wanted {
  const given = checkKeys.flatMap((key): Wanted[] => {
    const value = check[key];
    return value === undefined || value === null ? [] : [{ key, value }];
  });
  const [wanted] = given;
  if (wanted !== undefined && given.length === 1) return wanted;
  const subject = path === '' ? 'The check' : path;
  const message = `${subject} must have exactly one of ${checkKeys.join(', ')}; it has ${given.length}`;
  throw new BadInputError([{ path, message }]);
}

function noWorkspace(language: Language): AccessCheckResponse {
  const reason = worded({ code: 'no-workspace', params: {} }, language);
  return { decision: 'unknown', reason, member: null, sequence: 0 };
}

function worded(reason: AccessReason, language: Language): AccessCheckResponse['reason'] {
  return { ...reason, text: accessReasonText(reason, language) };
}
