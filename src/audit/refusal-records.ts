import { Injectable } from '@nestjs/common';
import { UnauthenticatedError } from '../errors/domain-errors.ts';
import { plainPath } from '../http/answers/plain-path.ts';
import { type RefusalKind, type RefusedRequest, RefusedRequests } from '../http/answers/refused-requests.ts';
import { addressOf } from '../http/request/current-request.ts';
import type { AuditAction } from './audit-actions.ts';
import { AuditNotes, refusalsCountedMs } from './audit-notes.ts';
import { actorOfRequest, installation } from './audit.service.ts';

const actions: Readonly<Record<RefusalKind, AuditAction>> = {
  'sign-in': 'sign-in.failed',
  credentials: 'credentials.refused',
  csrf: 'csrf.refused',
  access: 'access.refused',
};

/** Records requests that were turned away for who sent them: in the log of the workspace, where it is known. */
@Injectable()
export class RefusalRecords {
  constructor(
    refused: RefusedRequests,
    private readonly notes: AuditNotes,
  ) {
    refused.register((each) => this.note(each));
  }

  private note({ kind, request, error }: RefusedRequest): void {
    const about = error instanceof UnauthenticatedError ? error.about : null;
    const workspaceId =
      about?.workspaceId ?? request.session?.workspaceId ?? request.refusedToken?.workspaceId ?? installation;
    const target = about?.credentialId ?? request.refusedToken?.tokenId;
    const actor = actorOfRequest(request) ?? { kind: 'system' };
    const origin = {
      sessionId: request.session?.id ?? null,
      address: addressOf(request),
      requestId: request.id ?? null,
    };
    const details = { door: request.door ?? 'page', path: plainPath(request.path), problem: error.message };
    const action = actions[kind];
    const who = JSON.stringify([actor, origin.sessionId]);
    const sameAs = [workspaceId, action, who, target, origin.address, details.door, details.problem].join(
      '\n',
    );
    this.notes.note({
      kind: 'refusal',
      entry: { workspaceId, actor, action, ...(target !== undefined && { target }), details, origin },
      sameAs,
      countedMs: refusalsCountedMs,
    });
  }
}
