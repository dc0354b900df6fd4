import { createHash } from 'node:crypto';
import { disableTypes, imageSize } from 'image-size';
import type { Read } from '../embedding/origin.ts';
import { faultOfSvg } from './plain-svg.ts';

export const logoSizeMaxBytes = 64 * 1024;
export const logoWidthMaxPx = 2_048;
/** What a logo of the largest size takes as a `data:` URL. */
export const logoUrlLengthMaxChars = 90_000;

export const logoTypes = ['image/png', 'image/svg+xml', 'image/webp'] as const;
export type LogoType = (typeof logoTypes)[number];

/** A picture that stands for the product. */
export interface Logo {
  type: LogoType;
  bytes: Buffer;
}

const digestLengthChars = 16;
const dataUrl = /^data:(image\/[a-z+]+);base64,([A-Za-z0-9+/]+={0,2})$/;

// Only what a browser shows everywhere is looked at; the parsers of the others never run.
disableTypes([
  ...(['bmp', 'cur', 'dds', 'gif', 'heif', 'icns', 'ico', 'j2c', 'jp2', 'jpg', 'jxl', 'jxl-stream'] as const),
  ...(['ktx', 'pnm', 'psd', 'svg', 'tga', 'tiff'] as const),
]);

/** A logo as the operator sends it: a `data:` URL (RFC 2397) in base64 of a PNG, a WebP or a plain SVG. */
export function readLogo(text: string): Read<Logo> {
  const [, givenType, base64 = ''] = dataUrl.exec(text) ?? [];
  const type = logoTypes.find((each) => each === givenType);
  if (type === undefined)
    return {
      fault: `must be a data: URL in base64 of ${logoTypes.join(', ')}, such as data:image/png;base64,…`,
    };
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > logoSizeMaxBytes) return { fault: `must have at most ${logoSizeMaxBytes} bytes` };
  const fault = type === 'image/svg+xml' ? faultOfSvg(bytes.toString('utf8')) : faultOfPixels(bytes, type);
  return fault === null ? { value: { type, bytes } } : { fault };
}

/** The logo as {@link readLogo} takes it. */
export function logoUrlOf({ type, bytes }: Logo): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}

/** Names the content of a logo in its address, so that browsers may keep it. */
export function logoDigest({ type, bytes }: Logo): string {
  return createHash('sha256').update(type).update(bytes).digest('hex').slice(0, digestLengthChars);
}

function faultOfPixels(bytes: Buffer, type: LogoType): string | null {
  try {
    const { width, height, type: found } = imageSize(bytes);
    if (`image/${found}` !== type) return `is not the ${type} that it says it is`;
    const isDrawable = Math.min(width, height) > 0 && Math.max(width, height) <= logoWidthMaxPx;
    return isDrawable ? null : `must be at most ${logoWidthMaxPx} pixels wide and high`;
  } catch {
    return `is not the ${type} that it says it is`;
  }
}
