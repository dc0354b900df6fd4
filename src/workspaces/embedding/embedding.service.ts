import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type Actor, AuditService, installation } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { InLane } from '../../database/lanes/task.ts';
import { nothing, type Sql, sql } from '../../database/sql.ts';
import { BadInputError, type InputFault } from '../../errors/domain-errors.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import { BrieflyKnown } from './briefly-known.ts';
import type { EmbeddingDto, EmbeddingResponse } from './embedding.dto.ts';
import { type Read, readOrigin, readReturnUrl } from './origin.ts';

/** Which products may show the settings screen in a page of theirs, and where links of the screen may lead back to. */
@Injectable()
export class EmbeddingService {
  private readonly logger = new Logger(EmbeddingService.name);
  private readonly known: BrieflyKnown<EmbeddingResponse>;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {
    this.known = new BrieflyKnown(() => this.get());
  }

  @InLane('access')
  get(): Promise<EmbeddingResponse> {
    return readEmbedding(dbOf(this.dataSource));
  }

  /** The same as it was less than a second ago. */
  current(): Promise<EmbeddingResponse> {
    return this.known.get();
  }

  /**
   * Sets it, in place of what was set before.
   *
   * @throws BadInputError that names each origin that is none
   * @throws PreconditionFailedError
   */
  @InLane('access')
  async put(
    { origins, returnOrigins }: EmbeddingDto,
    actor: Actor,
    precondition: Precondition,
  ): Promise<EmbeddingResponse> {
    const asked = {
      origins: readOrigins('origins', origins),
      returnOrigins: readOrigins('returnOrigins', returnOrigins),
    };
    const now = this.clock.now();
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      precondition.check(await readEmbedding(db, lock));
      await db.run(sql`
        UPDATE screen_embedding SET origins = ${asked.origins}, return_origins = ${asked.returnOrigins},
          updated_at = ${now}`);
      const entry = { workspaceId: installation, actor, action: 'embedding.changed' } as const;
      await this.audit.record(manager, { ...entry, details: asked });
    });
    this.known.forget();
    this.logger.log(`The settings screen may be embedded by ${asked.origins.length} origins.`);
    return { ...asked, updatedAt: now.toISOString() };
  }

  /**
   * Where a link back may lead.
   *
   * @returns the address in its normal form
   * @throws BadInputError at `returnUrl`
   */
  async requireReturnUrl(text: string): Promise<string> {
    const read = readReturnUrl(text, mayReturnTo(await this.get()));
    if ('value' in read) return read.value;
    throw new BadInputError([faultAt('returnUrl', read.fault)]);
  }

  /** The same address, if links may still lead there; null: not any more. */
  async stillReturnUrl(text: string | null): Promise<string | null> {
    if (text === null) return null;
    const read = readReturnUrl(text, mayReturnTo(await this.current()));
    return 'value' in read ? read.value : null;
  }
}

const lock = sql`FOR UPDATE`;

async function readEmbedding(db: Db, locking: Sql = nothing): Promise<EmbeddingResponse> {
  const { rows } = await db.run(
    sql<{ origins: string[]; return_origins: string[]; updated_at: Date | null }>`
      SELECT origins, return_origins, updated_at FROM screen_embedding ${locking}`,
  );
  const [row] = rows;
  if (row === undefined) return { origins: [], returnOrigins: [], updatedAt: null };
  const { origins, return_origins: returnOrigins, updated_at: updatedAt } = row;
  return { origins, returnOrigins, updatedAt: updatedAt?.toISOString() ?? null };
}

function mayReturnTo({ origins, returnOrigins }: EmbeddingResponse): string[] {
  return [...origins, ...returnOrigins];
}

/** @returns each once @throws BadInputError */
function readOrigins(name: string, given: readonly unknown[]): string[] {
  const read = given.map((text): Read<string> => readOrigin(text));
  const faults = read.flatMap((each, at) => ('fault' in each ? [faultAt(`${name}[${at}]`, each.fault)] : []));
  if (faults.length > 0) throw new BadInputError(faults);
  return [...new Set(read.flatMap((each) => ('value' in each ? [each.value] : [])))];
}

function faultAt(path: string, fault: string): InputFault {
  return { path, message: `${path} ${fault}` };
}
