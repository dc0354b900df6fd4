import { BadInputError, type InputFault } from '../../errors/domain-errors.ts';
import type { Read } from '../embedding/origin.ts';
import { accentContrast, nearestReadable, textContrastMin } from './accent.ts';
import type { BrandingDto } from './branding.dto.ts';
import type { HideablePart } from './hideable-parts.ts';
import { type Logo, readLogo } from './logo.ts';

/** How the screen looks; null: as without it. */
export interface Branding {
  productName: string | null;
  logo: Logo | null;
  accentColor: string | null;
  fontFamily: string | null;
  radius: number | null;
  supportUrl: string | null;
  hide: HideablePart[];
}

/** One name of a font, or one of the families that every browser has, with both quotes or none. */
const fontName =
  /^(?:"[\p{L}\p{N}][\p{L}\p{N} .-]*"|'[\p{L}\p{N}][\p{L}\p{N} .-]*'|[\p{L}\p{N}][\p{L}\p{N} .-]*)$/u;

/**
 * What the operator asks for, checked.
 *
 * @throws BadInputError that names all faults; that of an accent that cannot be read has the nearest one that can in
 *   `nearest`
 */
export function readBranding(asked: BrandingDto): Branding {
  const faults: InputFault[] = [];
  const read = <T>(path: string, text: string | null | undefined, reader: (text: string) => Read<T>) => {
    if (text === null || text === undefined) return null;
    const result = reader(text);
    if ('value' in result) return result.value;
    const params = path === 'accentColor' ? nearestParams(text) : undefined;
    faults.push({ path, message: `${path} ${result.fault}`, ...(params && { params }) });
    return null;
  };
  const branding = {
    productName: asked.productName ?? null,
    logo: read('logo', asked.logo, readLogo),
    accentColor: read('accentColor', asked.accentColor, readAccent),
    fontFamily: read('fontFamily', asked.fontFamily, readFontFamily),
    radius: asked.radius ?? null,
    supportUrl: read('supportUrl', asked.supportUrl, readSupportUrl),
    hide: [...new Set(asked.hide)],
  };
  if (faults.length > 0) throw new BadInputError(faults);
  return branding;
}

const hexColour = /^#[0-9a-f]{6}$/;

function readAccent(text: string): Read<string> {
  const accent = text.toLowerCase();
  if (!hexColour.test(accent)) return { fault: 'must be a colour such as #0b7285' };
  const contrast = accentContrast(accent);
  if (contrast >= textContrastMin) return { value: accent };
  const had = Math.floor(contrast * 100) / 100;
  return {
    fault: `has a contrast of ${had} : 1 with white text and the grounds of the screen, and text needs ${textContrastMin} : 1. The nearest that has it is ${nearestReadable(accent)}`,
  };
}

/** @returns undefined where it is no colour at all */
function nearestParams(text: string): { nearest: string } | undefined {
  const accent = text.toLowerCase();
  return hexColour.test(accent) ? { nearest: nearestReadable(accent) } : undefined;
}

/** A name that needs no quotes in a style sheet: words that begin with a letter (CSS Fonts 4 §2.1). */
const plainName = /^\p{L}[\p{L}\p{N}-]*(?: +\p{L}[\p{L}\p{N}-]*)*$/u;
/** Words that mean something else there (CSS Cascade 5 §7.3), and would have all names left out. */
const cssWords = /^(?:default|inherit|initial|revert|revert-layer|unset)$/i;

/** The text ends up in a style sheet, where it must be nothing but the names of fonts. */
function readFontFamily(text: string): Read<string> {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => fontName.test(name))) return { value: names.map(quotedIfNeeded).join(', ') };
  return { fault: 'must be names of fonts, separated by commas, such as "Source Sans 3", sans-serif' };
}

/** One name that a style sheet cannot read would have it pass over all of them. */
function quotedIfNeeded(name: string): string {
  const isPlain = /^["']/.test(name) || (plainName.test(name) && !cssWords.test(name));
  return isPlain ? name : `"${name}"`;
}

function readSupportUrl(text: string): Read<string> {
  const url = URL.parse(text);
  const isSafe = url !== null && ['https:', 'mailto:'].includes(url.protocol);
  if (!isSafe || url.username !== '' || url.password !== '')
    return { fault: 'must be a URL that begins with https:// or mailto:' };
  return { value: url.href };
}
