import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, AuditService } from '../audit/audit.service.ts';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import type { Db } from '../database/db.ts';
import { dbOf } from '../database/db-of.ts';
import { parameter, sql } from '../database/sql.ts';
import { BadInputError, NotFoundError } from '../errors/domain-errors.ts';
import type { AdminLinkResponse, CreateAdminLinkDto } from './operator.dto.ts';
import type { AdminRole } from '../http/request/admin-roles.ts';
import { EmbeddingService } from './embedding/embedding.service.ts';
import { isLanguageTag, screenLanguageOf, type ScreenWishes } from './screen-wishes.ts';
import { hashOf, newSecret } from './secret-hash.ts';
import { InLane } from '../database/lanes/task.ts';
import { minutes } from '../errors/duration.ts';

const linkLifetimeMs = minutes(10);

/** Who is to be signed in, to which workspace, and as what. */
export interface InvitedAdmin extends ScreenWishes {
  workspaceId: string;
  email: string;
  role: AdminRole;
}

/** Links that sign an admin in, made by the operator: one use, 10 minutes; only the code's hash is stored. */
@Injectable()
export class AdminLinksService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly audit: AuditService,
    private readonly embedding: EmbeddingService,
  ) {}

  /**
   * Makes a link to the settings screen; the code is in the URL's fragment, so that no server log sees it.
   *
   * @throws NotFoundError
   * @throws BadInputError for a language that is none, and a way back that leads to nobody who is known
   */
  @InLane('access')
  async create(
    workspaceId: string,
    { email, role, path, ...wished }: CreateAdminLinkDto,
    actor: Actor,
  ): Promise<AdminLinkResponse> {
    const wishes = await this.readWishes(wished);
    const { name, locale, colorScheme, returnUrl } = wishes;
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + linkLifetimeMs);
    const code = newSecret();
    const workspaceExternalId = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const externalId = await keepWorkspace(db, workspaceId);
      await db.run(sql`DELETE FROM admin_link WHERE workspace_id = ${workspaceId} AND expires_at <= ${now}`);
      await db.run(sql`
        INSERT INTO admin_link
          (code_hash, workspace_id, email, created_at, expires_at, role, name, locale, color_scheme, return_url)
        VALUES (${hashOf(code)}, ${workspaceId}, ${email}, ${now}, ${expiresAt}, ${role}, ${name}, ${locale},
          ${colorScheme}, ${returnUrl})`);
      const made = { action: 'admin-link.created', target: email, details: { role } } as const;
      await this.audit.record(manager, { workspaceId, actor, ...made });
      return externalId;
    });
    const url = `${this.config.publicUrl}/settings/${path}#${fragmentOf(code, wishes)}`;
    return { url, code, expiresAt: expiresAt.toISOString(), workspaceId, workspaceExternalId };
  }

  /** Uses a code up. Null when it is unknown, used or expired: of two who bring the same code one gets in. */
  async redeem(manager: EntityManager, code: string): Promise<InvitedAdmin | null> {
    const at = parameter(this.clock.now());
    const { rows } = await dbOf(manager).run(sql<InvitedAdmin>`
       UPDATE admin_link SET used_at = ${at} WHERE code_hash = ${hashOf(code)} AND used_at IS NULL
         AND expires_at > ${at}
       RETURNING workspace_id AS "workspaceId", email, role, name, locale, color_scheme AS "colorScheme",
         return_url AS "returnUrl"`);
    return rows[0] ?? null;
  }

  private async readWishes({ name, locale, colorScheme, returnUrl }: Wished): Promise<ScreenWishes> {
    if (locale !== undefined && !isLanguageTag(locale))
      throw new BadInputError([
        { path: 'locale', message: 'locale must be the tag of a language, such as de or en-GB' },
      ]);
    return {
      name: name ?? null,
      locale: locale === undefined ? null : screenLanguageOf(locale),
      colorScheme: colorScheme ?? null,
      returnUrl: returnUrl === undefined ? null : await this.embedding.requireReturnUrl(returnUrl),
    };
  }
}

type Wished = Omit<CreateAdminLinkDto, 'email' | 'role' | 'path'>;

/** The page that asks for the click is in the right language and theme, too; it cannot ask anybody yet. */
function fragmentOf(code: string, { locale, colorScheme }: ScreenWishes): string {
  const shown = { ...(locale && { locale }), ...(colorScheme && { colorScheme }) };
  return new URLSearchParams({ code, ...shown }).toString();
}

/**
 * The lock keeps the workspace from being erased while a row of its own is added.
 *
 * @returns the vendor's own id for it
 */
async function keepWorkspace(db: Db, workspaceId: string): Promise<string | null> {
  const { rows } = await db.run(sql<{ external_id: string | null }>`
    SELECT external_id FROM workspace WHERE id = ${workspaceId} FOR KEY SHARE`);
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('workspace');
  return row.external_id;
}
