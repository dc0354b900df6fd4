import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type Actor, AuditService, installation } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { InLane } from '../../database/lanes/task.ts';
import { nothing, type Sql, sql } from '../../database/sql.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import { BrieflyKnown } from '../embedding/briefly-known.ts';
import type { BrandingDto, BrandingResponse } from './branding.dto.ts';
import type { HideablePart } from './hideable-parts.ts';
import { logoDigest, type LogoType, logoUrlOf } from './logo.ts';
import { type Branding, readBranding } from './read-branding.ts';

type StoredBranding = Branding & { updatedAt: string | null };

/** How the settings screen looks like a part of the product. */
@Injectable()
export class BrandingService {
  private readonly known: BrieflyKnown<Branding>;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {
    this.known = new BrieflyKnown(() => this.read());
  }

  async get(): Promise<BrandingResponse> {
    return toResponse(await this.read());
  }

  /** The look as it was less than a second ago. */
  current(): Promise<Branding> {
    return this.known.get();
  }

  /**
   * Sets it, in place of what was set before.
   *
   * @throws BadInputError that names all faults
   * @throws PreconditionFailedError
   */
  @InLane('access')
  async put(asked: BrandingDto, actor: Actor, precondition: Precondition): Promise<BrandingResponse> {
    const branding = readBranding(asked);
    const { productName, logo, accentColor, fontFamily, radius, supportUrl, hide } = branding;
    const now = this.clock.now();
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      precondition.check(toResponse(await readRow(db, lock)));
      await db.run(sql`
        UPDATE screen_branding SET product_name = ${productName}, logo = ${logo?.bytes ?? null},
          logo_type = ${logo?.type ?? null}, accent_color = ${accentColor}, font_family = ${fontFamily},
          radius_px = ${radius}, support_url = ${supportUrl}, hidden = ${hide}, updated_at = ${now}`);
      const details = { ...branding, logo: logo === null ? null : `${logo.type} ${logoDigest(logo)}` };
      const entry = { workspaceId: installation, actor, action: 'branding.changed' } as const;
      await this.audit.record(manager, { ...entry, details });
    });
    this.known.forget();
    return toResponse({ ...branding, updatedAt: now.toISOString() });
  }

  @InLane('access')
  private read(): Promise<StoredBranding> {
    return readRow(dbOf(this.dataSource));
  }
}

const lock = sql`FOR UPDATE`;

interface BrandingRow {
  product_name: string | null;
  logo: Buffer | null;
  logo_type: LogoType | null;
  accent_color: string | null;
  font_family: string | null;
  radius_px: number | null;
  support_url: string | null;
  hidden: HideablePart[];
  updated_at: Date | null;
}

async function readRow(db: Db, locking: Sql = nothing): Promise<StoredBranding> {
  const { rows } = await db.run(sql<BrandingRow>`
    SELECT product_name, logo, logo_type, accent_color, font_family, radius_px, support_url, hidden, updated_at
    FROM screen_branding ${locking}`);
  const [row] = rows;
  const logo = row?.logo && row.logo_type ? { bytes: row.logo, type: row.logo_type } : null;
  return {
    productName: row?.product_name ?? null,
    logo,
    accentColor: row?.accent_color ?? null,
    fontFamily: row?.font_family ?? null,
    radius: row?.radius_px ?? null,
    supportUrl: row?.support_url ?? null,
    hide: row?.hidden ?? [],
    updatedAt: row?.updated_at?.toISOString() ?? null,
  };
}

function toResponse({ logo, ...others }: StoredBranding): BrandingResponse {
  return { ...others, logo: logo === null ? null : logoUrlOf(logo) };
}
