import {
  parseXml,
  XmlDocumentType,
  XmlElement,
  type XmlNode,
  XmlProcessingInstruction,
} from '@rgrove/parse-xml';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** What a drawing is made of (SVG 2). No scripts, no foreign content, no sound or film, nothing that moves or is a link. */
const drawingElements = new Set(
  `svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath style
  linearGradient radialGradient stop pattern clipPath mask marker switch filter feBlend feColorMatrix
  feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
  feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
  feSpecularLighting feSpotLight feTile feTurbulence`.split(/\s+/),
);
const namespacePrefixes = new Set(['xmlns', 'xml']);
const ownPart = /^#[\w.:-]+$/;
/** Style rules that lead elsewhere, or are written so that nobody sees whether they do. */
const farStyle = /@|\\|url\s*\(\s*(?!["']?#)|image(?:-set)?\s*\(|src\s*\(|expression|javascript/i;

/**
 * Why a picture is no plain drawing: it could run something, or load something from elsewhere.
 *
 * @param text an SVG document
 * @returns completes a sentence that begins with "The logo"; null: it is one
 */
export function faultOfSvg(text: string): string | null {
  try {
    const { children } = parseXml(text, { preserveDocumentType: true, preserveXmlDeclaration: false });
    const root = children.find((child) => child instanceof XmlElement);
    if (root?.name !== 'svg' || root.attributes.xmlns !== svgNamespace)
      return `is no SVG: it must begin with <svg xmlns="${svgNamespace}">`;
    return faultIn(children);
  } catch {
    // Also one that nests deeper than the parser can follow.
    return 'is no well-formed SVG';
  }
}

function faultIn(nodes: readonly XmlNode[]): string | null {
  const open = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const fault = faultOf(node);
    if (fault !== null) return fault;
    if (node instanceof XmlElement) open.push(...node.children);
  }
  return null;
}

function faultOf(node: XmlNode): string | null {
  if (node instanceof XmlDocumentType) return 'must hold no DOCTYPE';
  if (node instanceof XmlProcessingInstruction) return 'must hold no processing instruction';
  if (!(node instanceof XmlElement)) return null;
  if (!drawingElements.has(node.name))
    return `must hold no <${node.name.slice(0, shownLengthMaxChars)}>: save it as a plain SVG of shapes and text`;
  if (node.name === 'style' && farStyle.test(node.text)) return 'must hold no styles that lead elsewhere';
  return (
    Object.entries(node.attributes)
      .map(([name, value]) => faultOfAttribute(name, value))
      .find((fault) => fault !== null) ?? null
  );
}

const shownLengthMaxChars = 40;

function faultOfAttribute(name: string, value: string): string | null {
  const shown = name.slice(0, shownLengthMaxChars);
  const [prefix = '', local = prefix] = name.toLowerCase().split(':');
  if (local.startsWith('on')) return `must hold no scripts, such as ${shown}`;
  const leads = local === 'href' || local === 'base';
  if (leads) return ownPart.test(value) ? null : `must hold no references to elsewhere, such as ${shown}`;
  // A namespace loads nothing; what is of a foreign one is not drawn.
  if (namespacePrefixes.has(prefix)) return null;
  return farStyle.test(value) ? `must hold no references to elsewhere, such as in ${shown}` : null;
}
