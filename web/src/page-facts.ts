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
