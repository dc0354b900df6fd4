import { audience } from './own-sign-in.ts';
import { asOperator } from './set-up.ts';
import type { Settings } from './settings.ts';

/** The accent of the product, with which the screen of the service looks like a page of it. */
const accentColor = '#1f5fbf';
const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="6" fill="${accentColor}"/>
  <path d="M6 22 16 8l10 14z" fill="#fff"/>
</svg>`;

/**
 * Has the service show its settings screen in pages of this product, believe its sign-ins, and look
 * like it. Said at each start, because the address of the example may change.
 */
export async function showScreenInside(settings: Settings, productUrl: string): Promise<void> {
  await asOperator(settings, 'PUT', '/operator/identity', {
    issuer: productUrl,
    jwksUri: `${productUrl}/.well-known/jwks.json`,
    audience,
  });
  await asOperator(settings, 'PUT', '/operator/embedding', { origins: [productUrl] });
  await asOperator(settings, 'PUT', '/operator/branding', {
    productName: 'Fernweh',
    logo: `data:image/svg+xml;base64,${Buffer.from(logo).toString('base64')}`,
    accentColor,
    fontFamily: 'system-ui, sans-serif',
    radius: 6,
    hide: ['header', 'api-docs'],
  });
}
