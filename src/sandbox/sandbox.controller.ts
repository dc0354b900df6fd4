import { Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidBody } from '../http/endpoint/valid.ts';
import { AdminEndpoint } from '../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../workspaces/session.guard.ts';
import { SandboxResponse, StartSimulationDto } from './sandbox.dto.ts';
import { SandboxGuard } from './sandbox.guard.ts';
import { SandboxService } from './sandbox.service.ts';

/** Trying it without an identity provider, in workspaces that the operator has made sandboxes. */
@UseGuards(SandboxGuard)
@AdminEndpoint('sandbox', 'Sandbox')
export class SandboxController {
  constructor(private readonly sandbox: SandboxService) {}

  /** What can be tried, and the simulation that runs or ran last. */
  @Get()
  @ApiOperation({ summary: 'Show the sandbox and its simulation' })
  @ApiOkResponse({ type: SandboxResponse })
  get(@CurrentSession() session: Session): Promise<SandboxResponse> {
    return this.sandbox.get(session.workspaceId);
  }

  /** Starts a simulated identity provider that sends an invented company over SCIM, with an API token of its own. */
  @Post('simulation')
  @ApiOperation({ summary: 'Start a simulated identity provider' })
  @ApiCreatedResponse({ type: SandboxResponse })
  start(@CurrentSession() session: Session, @ValidBody() body: StartSimulationDto): Promise<SandboxResponse> {
    return this.sandbox.start(session, body);
  }

  /** Lets the next day of the company come that was sent last: who joins, leaves, moves and gets another name. */
  @Post('simulation/next-day')
  @ApiOperation({ summary: 'Let the next simulated day come' })
  @ApiCreatedResponse({ type: SandboxResponse })
  nextDay(@CurrentSession() session: Session): Promise<SandboxResponse> {
    return this.sandbox.nextDay(session);
  }

  /** Ends it; what it has sent stays. Its token is revoked. */
  @Post('simulation/stop')
  @ApiOperation({ summary: 'Stop the simulation' })
  @HttpCode(200)
  @ApiOkResponse({ type: SandboxResponse })
  stop(@CurrentSession() session: Session): Promise<SandboxResponse> {
    return this.sandbox.stop(session);
  }
}
