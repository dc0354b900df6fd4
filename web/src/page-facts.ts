/** What the service told this page when it answered with it. */
function fact(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}

/** The path below which the service is reached; empty: none. */
export const publicPath = fact('public-path');

/** What the customer knows the product by. */
export const productName = fact('product-name');

/** The nonce of the page's own style elements. */
export const styleNonce = fact('style-nonce');

/** Where the picture of the page is, as its head says. */
export const iconUrl = document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href ?? '';

/** Whether a product shows this page in a frame of its own page. */
export const isEmbedded = window.parent !== window;

/** Whose pages may. */
export const embeddingOrigins = fact('embedding-origins').split(' ').filter(Boolean);

/** The look of the product, as far as it has set one. */
interface Brand {
  /** The colours that follow its accent. */
  palette: {
    shades: string[];
    light: { link: string; ink: string; ground: string };
    dark: { link: string; ink: string; ground: string };
  } | null;
  fontFamily: string | null;
  /** How round corners are, in pixels. */
  radius: number | null;
  supportUrl: string | null;
  /** Pages and parts that it leaves out. */
  hide: string[];
}

/** While developing, nobody fills the page. */
const brandText = fact('brand');
export const brand: Partial<Brand> = brandText.startsWith('{') ? (JSON.parse(brandText) as Brand) : {};

/** Whether the product leaves a page or a part out. */
export function isHidden(part: string): boolean {
  return brand.hide?.includes(part) ?? false;
}
