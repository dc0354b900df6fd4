import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.ts';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { Clock } from '../database/clock.ts';
import { dbOf } from '../database/db-of.ts';
import { newId } from '../database/ids.ts';
import { ConflictError, UnavailableError } from '../errors/domain-errors.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { TokensService } from '../tokens/tokens.service.ts';
import type { Session } from '../workspaces/session.guard.ts';
import { WorkspacesService } from '../workspaces/workspaces.service.ts';
import {
  simulatedPeopleMax,
  type SandboxResponse,
  type StartSimulationDto,
  toSimulationResponse,
} from './sandbox.dto.ts';
import {
  beginSimulation,
  endSimulation,
  findSimulation,
  reportProgress,
  requestStop,
  type Simulation,
  type SimulationEnd,
} from './simulation-statements.ts';
import {
  type Play,
  type SimulatedProvider,
  type SimulatorEnd,
  SimulatorProcess,
} from './simulator-process.ts';

/** Simulations that one process of the service runs at the same time. */
const simulationsAtOnceMax = 3;
const reportEveryMs = 500;
/** Should the service end in the middle of a simulation, its token ends by itself. */
const tokenLifeMinutes = 30;

const tokenNames: Record<SimulatedProvider, string> = {
  entra: 'Simulated Microsoft Entra ID',
  okta: 'Simulated Okta',
};

/** A simulation that this process runs. */
interface Running {
  workspaceId: string;
  id: string;
  tokenId: string;
  email: string;
  simulator: SimulatorProcess;
}

/**
 * Lets a simulated identity provider fill a sandbox. It is a program of its own that speaks SCIM with an API token of
 * its own, and can do nothing else; the token is revoked when it ends.
 */
@Injectable()
export class SandboxService {
  private readonly logger = new Logger(SandboxService.name);
  private readonly running = new Map<Running, Promise<void>>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly faults: PassingFaultLog,
    private readonly workspaces: WorkspacesService,
    private readonly tokens: TokensService,
    private readonly audit: AuditService,
    private readonly server: HttpAdapterHost,
    private readonly tasks: BackgroundTasks,
  ) {}

  /** What can be tried, and the simulation that runs or ran last. */
  async get(workspaceId: string): Promise<SandboxResponse> {
    const simulation = await findSimulation(dbOf(this.dataSource), workspaceId, this.clock.now());
    if (simulation === null) return { peopleMax: simulatedPeopleMax, simulation, nextDay: null };
    return {
      peopleMax: simulatedPeopleMax,
      simulation: toSimulationResponse(simulation),
      nextDay: nextDayAfter(simulation),
    };
  }

  /**
   * Starts a simulated identity provider that sends everybody of an invented company.
   *
   * @throws ConflictError `already-running`, `not-active`, `too-many-tokens`
   * @throws UnavailableError when this process runs enough of them
   */
  start(session: Session, { provider, people }: StartSimulationDto): Promise<SandboxResponse> {
    return this.play(session, { provider, people, day: 0 });
  }

  /**
   * Starts the simulated identity provider again, which sends what the next day changed. A day that was cut off comes
   * once more.
   *
   * @throws ConflictError `no-first-day`, `already-running`, `not-active`, `too-many-tokens`
   * @throws UnavailableError when this process runs enough of them
   */
  async nextDay(session: Session): Promise<SandboxResponse> {
    const last = await findSimulation(dbOf(this.dataSource), session.workspaceId, this.clock.now());
    if (last?.state === 'running') throw alreadyRunning();
    const day = last && nextDayAfter(last);
    if (last === null || day === null) {
      throw new ConflictError(
        'no-first-day',
        'The first day has not ended: there is no company to go on with.',
      );
    }
    return this.play(session, { provider: last.provider, people: last.people, day });
  }

  private async play(
    session: Session,
    { provider, people, day }: Pick<Play, 'provider' | 'people' | 'day'>,
  ): Promise<SandboxResponse> {
    const { workspaceId, email } = session;
    if (this.tasks.isEnding || this.running.size >= simulationsAtOnceMax) {
      throw new UnavailableError('Enough simulations are running at the moment. Try again in a minute.');
    }
    const id = newId();
    const token = await this.dataSource.transaction(async (manager) => {
      const now = this.clock.now();
      await this.requireIdle(manager, session);
      const expiresAt = new Date(now.getTime() + tokenLifeMinutes * 60_000);
      const issued = await this.tokens.issue(manager, session, { name: tokenNames[provider], expiresAt });
      await beginSimulation(dbOf(manager), workspaceId, {
        id,
        provider,
        people,
        day,
        tokenId: issued.id,
        startedAt: now,
      });
      await this.audit.byAdmin(manager, session, 'simulation.started', id, { provider, people, day });
      return issued;
    });
    const simulator = new SimulatorProcess({
      provider,
      people,
      day,
      url: this.tenantUrl(),
      token: token.secret,
    });
    const running = { workspaceId, id, tokenId: token.id, email, simulator };
    this.running.set(
      running,
      this.tasks.run('A simulation', (signal) => this.watch(running, signal)),
    );
    return this.get(workspaceId);
  }

  /** Ends the simulation, whichever process runs it, within a second. */
  async stop({ workspaceId }: Session): Promise<SandboxResponse> {
    await requestStop(dbOf(this.dataSource), workspaceId);
    for (const running of this.running.keys()) {
      if (running.workspaceId === workspaceId) running.simulator.stop();
    }
    await Promise.all(
      [...this.running].flatMap(([one, end]) => (one.workspaceId === workspaceId ? [end] : [])),
    );
    return this.get(workspaceId);
  }

  /** Reports until the simulator has ended, then takes its token away. Never rejects. */
  private async watch(running: Running, signal: AbortSignal): Promise<void> {
    const { workspaceId, id, tokenId, email, simulator } = running;
    const stop = () => simulator.stop();
    signal.addEventListener('abort', stop);
    const report = () =>
      reportProgress(dbOf(this.dataSource), workspaceId, id, simulator.progress, this.clock.now());
    try {
      let end: SimulatorEnd | null = null;
      let goesOn = true;
      while (end === null) {
        if (!goesOn) simulator.stop();
        end = await Promise.race([simulator.ended, sleep(reportEveryMs, null, { ref: false })]);
        goesOn = (await report()) && !signal.aborted;
      }
      await this.tokens.revoke({ workspaceId, email }, tokenId);
      await endSimulation(dbOf(this.dataSource), workspaceId, id, endOf(end, !goesOn), this.clock.now());
    } catch (error) {
      simulator.stop();
      // Its token ends by itself.
      this.faults.report(error, 'A simulation', this.logger, { workspace: workspaceId });
    } finally {
      signal.removeEventListener('abort', stop);
      this.running.delete(running);
    }
  }

  /** Takes the workspace's lock, so that two cannot start at once. A token that a lost simulation left is revoked. */
  private async requireIdle(manager: EntityManager, { workspaceId, email }: Session): Promise<void> {
    await this.workspaces.lock(manager, workspaceId);
    const last = await findSimulation(dbOf(manager), workspaceId, this.clock.now());
    if (last?.state === 'running') throw alreadyRunning();
    const wasLost = last !== null && last.finishedAt === null;
    if (wasLost) await this.tokens.revoke({ workspaceId, email }, last.tokenId);
  }

  /** Where this process listens: the way through a proxy need not exist from here. */
  private tenantUrl(): string {
    const { address, port } = (
      this.server.httpAdapter.getHttpServer() as { address(): AddressInfo }
    ).address();
    const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}/scim/v2`;
  }
}

/** A complete day is followed by the next one. A day that was cut off is sent again; a first day has to be started again. */
function nextDayAfter({ state, day }: Simulation): number | null {
  if (state === 'succeeded') return day + 1;
  return state === 'running' || day === 0 ? null : day;
}

function alreadyRunning(): ConflictError {
  return new ConflictError('already-running', 'A simulation is running already. Stop it first.');
}

function endOf({ failures, error }: SimulatorEnd, wasStopped: boolean): SimulationEnd {
  if (wasStopped) return { state: 'stopped', failures, error: null };
  return { state: error === null ? 'succeeded' : 'failed', failures, error };
}
