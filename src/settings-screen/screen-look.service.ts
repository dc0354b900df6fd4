import { Injectable, Logger } from '@nestjs/common';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { paletteOf } from '../workspaces/branding/accent.ts';
import { BrandingService } from '../workspaces/branding/branding.service.ts';
import { type Logo, logoDigest } from '../workspaces/branding/logo.ts';
import type { Branding } from '../workspaces/branding/read-branding.ts';
import { EmbeddingService } from '../workspaces/embedding/embedding.service.ts';

/** What the page is told of the brand; `web/src/page-facts.ts` reads it. */
type BrandFacts = Pick<Branding, 'fontFamily' | 'radius' | 'supportUrl' | 'hide'> & {
  palette: ReturnType<typeof paletteOf> | null;
};

/** How the page is answered: whose pages may show it, and what it looks like. */
export interface ScreenLook {
  origins: readonly string[];
  /** null: the name that the service was started with. */
  productName: string | null;
  logo: Logo | null;
  brand: BrandFacts;
}

const plainLook: ScreenLook = {
  origins: [],
  productName: null,
  logo: null,
  brand: { palette: null, fontFamily: null, radius: null, supportUrl: null, hide: [] },
};

/** What the operator has set for the screen, as the page needs it. */
@Injectable()
export class ScreenLookService {
  private readonly logger = new Logger(ScreenLookService.name);

  constructor(
    private readonly embedding: EmbeddingService,
    private readonly branding: BrandingService,
    private readonly faults: PassingFaultLog,
  ) {}

  /** Without the database the page comes all the same, with nothing of the product, and nobody may embed it. */
  async current(): Promise<ScreenLook> {
    try {
      const [{ origins }, branding] = await Promise.all([this.embedding.current(), this.branding.current()]);
      const { productName, logo, accentColor, fontFamily, radius, supportUrl, hide } = branding;
      const palette = accentColor === null ? null : paletteOf(accentColor);
      return { origins, productName, logo, brand: { palette, fontFamily, radius, supportUrl, hide } };
    } catch (error) {
      this.faults.report(error, 'reading the look of the settings screen', this.logger);
      return plainLook;
    }
  }
}

/** Where the logo is, below the public path; its name changes with its content. */
export function logoPathOf(logo: Logo): string {
  return `${brandPath}/${logoDigest(logo)}`;
}

export const brandPath = '/settings/brand';
