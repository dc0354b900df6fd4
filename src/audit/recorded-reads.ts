import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Observable, tap } from 'rxjs';
import { DataSource } from 'typeorm';
import { plainPath } from '../http/answers/plain-path.ts';
import type { KnownRequest } from '../http/request/request-state.ts';
import type { AuditAction } from './audit-actions.ts';
import { AuditNotes, readsCountedMs } from './audit-notes.ts';
import { actorOfRequest, AuditService, installation, presentOrigin } from './audit.service.ts';

interface Recorded {
  action: AuditAction;
  /** Each by itself, before it is answered; or counted, because there are many. */
  as: 'each' | 'counted';
}

const metadata = 'recorded-read';

/** Records that somebody asked for what a route answers with, where, and who asked. */
@Injectable()
export class RecordedReads implements NestInterceptor {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly reflector: Reflector,
    private readonly audit: AuditService,
    private readonly notes: AuditNotes,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<KnownRequest>();
    const recorded = this.reflector.get<Recorded | undefined>(metadata, context.getHandler());
    if (recorded === undefined) return next.handle();
    if (recorded.as === 'counted') return next.handle().pipe(tap(() => this.count(recorded.action, request)));
    await this.record(recorded.action, request);
    return next.handle();
  }

  private async record(action: AuditAction, request: KnownRequest): Promise<void> {
    const { route, entry } = describe(action, request);
    await this.dataSource.transaction((manager) =>
      this.audit.record(manager, { ...entry, details: { route } }),
    );
  }

  private count(action: AuditAction, request: KnownRequest): void {
    const { route, entry } = describe(action, request);
    const { workspaceId, actor, origin } = entry;
    const same = [workspaceId, action, JSON.stringify(actor), origin.sessionId, origin.address, route];
    this.notes.note({
      kind: 'read',
      entry: { ...entry, details: { route } },
      sameAs: same.join('\n'),
      countedMs: readsCountedMs,
    });
  }
}

/** Who reads what. Without the ids in the path: with them, each read would be another one. */
function describe(action: AuditAction, request: KnownRequest) {
  const actor = actorOfRequest(request) ?? ({ kind: 'system' } as const);
  const workspaceId = request.session?.workspaceId ?? request.namedWorkspace ?? installation;
  const path = plainPath(request.path).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, ':id');
  return {
    route: `${request.method} ${path}`,
    entry: { workspaceId, actor, action, origin: presentOrigin() },
  };
}

/** Records every call of a route that gives away many people's data, before it is answered. */
export function RecordsExport(action: AuditAction): MethodDecorator {
  return recorded({ action, as: 'each' });
}

/** Records that a route which shows personal data is called: the first call at once, the next ones counted. */
export function RecordsReads(action: AuditAction = 'personal-data.read'): MethodDecorator {
  return recorded({ action, as: 'counted' });
}

function recorded(what: Recorded): MethodDecorator {
  return applyDecorators(SetMetadata(metadata, what), UseInterceptors(RecordedReads));
}
