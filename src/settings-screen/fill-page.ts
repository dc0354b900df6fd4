/** What the page is told by the service that answers with it. */
export interface PageFacts {
  /** What the page's own style elements carry, new with each answer. */
  styleNonce: string;
  /** The path below which the service is reached; empty: none. */
  publicPath: string;
  /** What the customer knows the product by. */
  productName: string;
  /** Its picture, below the public path; null: the one that the page came with. */
  logo: { path: string; type: string } | null;
  /** Whose pages may show it in a frame. */
  origins: readonly string[];
  /** What else of the product's look it needs, as JSON. */
  brand: string;
}

/** Where the built page names its files: beside itself, wherever it is. */
const besideItself = /(?<= (?:src|href)=")\.\//g;

/**
 * The page with what it must know: its files at the address by which the browser reaches them, and the facts in their
 * places.
 *
 * @param html the page as Vite built it
 * @param assetsPath where its files are, below the public path
 */
export function fillPage(html: string, assetsPath: string, facts: PageFacts): string {
  const places: Readonly<Record<string, string>> = {
    STYLE_NONCE: facts.styleNonce,
    PUBLIC_PATH: facts.publicPath,
    PRODUCT_NAME: facts.productName,
    EMBEDDING_ORIGINS: facts.origins.join(' '),
    BRAND: facts.brand,
  };
  return withLogo(html, facts)
    .replaceAll(besideItself, `${facts.publicPath}${assetsPath}/`)
    .replaceAll(/%(STYLE_NONCE|PUBLIC_PATH|PRODUCT_NAME|EMBEDDING_ORIGINS|BRAND)%/g, (_, place: string) =>
      escaped(places[place] ?? ''),
    );
}

/**
 * The page, which has the browser load one more of its files from the beginning.
 *
 * @param file where it is, beside the page; null: none
 */
export function withPreloaded(html: string, file: string | null): string {
  if (file === null) return html;
  return html.replace(
    '</head>',
    `<link rel="modulepreload" crossorigin href="./${escaped(file)}" />\n</head>`,
  );
}

/** The page with the product's picture as its own. */
function withLogo(html: string, { logo, publicPath }: PageFacts): string {
  if (logo === null) return html;
  const link = `<link rel="icon" href="${escaped(publicPath + logo.path)}" type="${escaped(logo.type)}" />`;
  return html.replace(/<link rel="icon"[^>]*>/, () => link);
}

/** A text as HTML has it, between tags and in an attribute. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
