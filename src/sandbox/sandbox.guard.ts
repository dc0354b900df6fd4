import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ForbiddenError } from '../errors/domain-errors.ts';
import { sessionOf } from '../workspaces/session.guard.ts';
import { WorkspacesService } from '../workspaces/workspaces.service.ts';

/**
 * Lets an admin pass whose workspace is a sandbox. It stands behind `SessionGuard`.
 *
 * @throws ForbiddenError `not-a-sandbox`
 */
@Injectable()
export class SandboxGuard implements CanActivate {
  constructor(private readonly workspaces: WorkspacesService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { sandbox } = await this.workspaces.get(sessionOf(context).workspaceId);
    if (sandbox) return true;
    throw new ForbiddenError(
      'not-a-sandbox',
      'A simulated identity provider mixes invented people with real ones, so it may only fill a sandbox. ' +
        'The operator of the service can make this workspace one.',
    );
  }
}
