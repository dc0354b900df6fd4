import { Injectable } from '@nestjs/common';
import { Clock } from '../../database/clock.ts';
import { InLane } from '../../database/lanes/task.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import type { Language } from '../../errors/sentence.ts';
import { LogWriter } from '../../provisioning-log/log-writer.ts';
import { TokenAttempts } from '../../tokens/token-attempts.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import { diagnose, type Finding } from '../rules/diagnose.ts';
import { wordFinding } from '../words/finding-text.ts';
import type { FindingResponse, FindingsResponse } from './findings.dto.ts';
import type { Provider } from '../facts/provider.ts';

/** Names what is wrong at a workspace's identity provider, from its traffic alone. */
@Injectable()
export class FindingsService {
  constructor(
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly workspaces: WorkspacesService,
    private readonly log: LogWriter,
    private readonly attempts: TokenAttempts,
  ) {}

  /** What the traffic shows now; requests that wait for the log are written first. Nothing while provisioning is off. */
  @InLane('list')
  async read(workspaceId: string, language: Language): Promise<FindingsResponse> {
    await this.log.flush();
    const now = this.clock.now();
    const [{ state, lastContact }, attempts] = await Promise.all([
      this.workspaces.get(workspaceId),
      this.attempts.of(workspaceId, now),
    ]);
    if (state !== 'active') return { provider: null, items: [], attempts: [] };
    const facts = await gatherFacts(this.db, workspaceId, { now, lastContact, attempts });
    return {
      provider: facts.provider,
      items: diagnose(facts).map((finding) => toResponse(finding, facts.provider, language)),
      attempts: attempts.map((attempt) => ({
        ...attempt,
        firstAt: attempt.firstAt.toISOString(),
        lastAt: attempt.lastAt.toISOString(),
      })),
    };
  }
}

function toResponse(finding: Finding, recognized: Provider | null, language: Language): FindingResponse {
  const { code, severity, params, since, log } = finding;
  const { title, text, provider, steps } = wordFinding(finding, recognized, language);
  return {
    ...{ code, severity, params: { ...params }, title, text },
    since: since?.toISOString() ?? null,
    fix: { provider, steps },
    log,
  };
}
