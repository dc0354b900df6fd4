import { clampChroma, converter, formatHex, type Oklch, wcagContrast } from 'culori';

/** Text that can be read (WCAG 2.2, 1.4.3), and a part of the screen that can be told from its ground (1.4.11). */
export const textContrastMin = 4.5;
const partContrastMin = 3;

/** Grounds of the screen on which the accent, or what is derived from it, stands; `web/src/theme.ts` has them. */
export const grounds = { light: ['#ffffff', '#f7f8fa'], dark: '#16181d', darkRaised: '#272b32' } as const;
const onAccent = '#ffffff';

/** A shade of the accent for each step of the screen's scale: how light, and how much of the colour is left. */
const paleSteps = [
  { lightness: 0.96, colour: 0.1 },
  { lightness: 0.92, colour: 0.2 },
  { lightness: 0.83, colour: 0.42 },
  { lightness: 0.77, colour: 0.6 },
  { lightness: 0.72, colour: 0.8 },
];
const midShare = 0.5;
const deepSteps = [
  { share: 0.9, colour: 0.92 },
  { share: 0.8, colour: 0.83 },
];
const darkGround = { lightness: 0.3, chromaMax: 0.052, colour: 0.26 };
const searchSteps = 24;
const lightnessStep = 0.002;

const toOklch = converter('oklch');

/** The colours of the screen that follow the accent. */
export interface Palette {
  /**
   * From pale to deep, ten of them. The sixth fills in the dark theme, the seventh is the accent itself and fills in the
   * light one.
   */
  shades: string[];
  /** Links, and what is chosen, in both themes: what is written, and on which ground. */
  light: { link: string; ink: string; ground: string };
  dark: { link: string; ink: string; ground: string };
}

/**
 * The least contrast that the accent has where the screen uses it: white on it, and it on the grounds of the light theme.
 */
export function accentContrast(accent: string): number {
  return Math.min(...[onAccent, ...grounds.light].map((other) => wcagContrast(accent, other)));
}

/** The colour nearest to this one, of the same hue, that can be read; itself if it can. */
export function nearestReadable(accent: string): string {
  if (accentContrast(accent) >= textContrastMin) return accent;
  return stepUntil(accent, -1, (colour) => accentContrast(colour) >= textContrastMin);
}

/** The colours of the screen by its accent, which can be read: see {@link accentContrast}. */
export function paletteOf(accent: string): Palette {
  const own = oklchOf(accent);
  const pale = paleSteps.map(({ lightness, colour }) => shade(own, lightness, colour));
  const fill = stepUntil(accent, 1, (colour) => wcagContrast(colour, grounds.dark) >= partContrastMin);
  const last = paleSteps.at(-1)?.lightness ?? own.l;
  const mid = shade(own, last + (oklchOf(fill).l - last) * midShare, 1);
  const deep = deepSteps.map(({ share, colour }) => shade(own, own.l * share, colour));
  const shades = [...pale, mid, fill, accent, ...deep];
  const ground = pale[0] ?? accent;
  const link = deep[0] ?? accent;
  return {
    shades,
    light: { link, ink: link, ground },
    dark: {
      link: pale[3] ?? accent,
      ink: pale[2] ?? accent,
      ground: formatHex(
        clampChroma(
          { ...own, l: darkGround.lightness, c: Math.min(own.c * darkGround.colour, darkGround.chromaMax) },
          'oklch',
        ),
      ),
    },
  };
}

function oklchOf(hex: string): Oklch {
  const colour = toOklch(hex);
  if (colour === undefined) throw new Error('No colour');
  return colour;
}

function shade(own: Oklch, lightness: number, colour: number): string {
  return formatHex(clampChroma({ ...own, l: lightness, c: own.c * colour }, 'oklch'));
}

/** The nearest lighter (1) or darker (-1) colour of the same hue for which this holds; the colour itself if it does. */
function stepUntil(accent: string, direction: 1 | -1, holds: (colour: string) => boolean): string {
  if (holds(accent)) return accent;
  const own = oklchOf(accent);
  let near = own.l;
  let far = direction === 1 ? 1 : 0;
  for (let step = 0; step < searchSteps; step += 1) {
    const middle = (near + far) / 2;
    if (holds(shade(own, middle, 1))) far = middle;
    else near = middle;
  }
  // As a hexadecimal colour it is rounded.
  let lightness = far;
  while (!holds(shade(own, lightness, 1))) lightness += direction * lightnessStep;
  return shade(own, lightness, 1);
}
