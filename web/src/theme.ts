import {
  createTheme,
  type CSSVariablesResolver,
  isMantineColorScheme,
  type MantineColorSchemeManager,
  type MantineColorsTuple,
  Modal,
} from '@mantine/core';
import { keep, kept } from './kept.ts';
import { brand } from './page-facts.ts';

const indigo: MantineColorsTuple = [
  '#eef1ff',
  '#dde2ff',
  '#b9c2fb',
  '#93a0f6',
  '#7282f0',
  '#5c6eec',
  '#4f60e6',
  '#4453d6',
  '#3a48bd',
  '#2f3ca3',
];

/** From text to ground of the dark theme: with the tint of the rest, not plain grey. */
const dark: MantineColorsTuple = [
  '#dfe2e8',
  '#b4bac5',
  '#8b93a1',
  '#6d7584',
  '#343943',
  '#272b32',
  '#1f2228',
  '#16181d',
  '#101216',
  '#0b0d10',
];

/** What follows the accent, which the product may choose; the service makes its shades so that they can be read. */
const accent = brand.palette ?? {
  shades: indigo,
  light: { link: '#3a48bd', ink: '#3a48bd', ground: '#eef1ff' },
  dark: { link: '#a5b1ff', ink: '#c9d0ff', ground: '#262b47' },
};
const fontFamily =
  'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** The look of the page. Colours are chosen for contrast of 4.5 : 1 and more on their grounds. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: brand.palette ? 6 : 7 },
  colors: { accent: accent.shades as unknown as MantineColorsTuple, dark },
  fontFamily: brand.fontFamily ?? fontFamily,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: brand.radius ?? 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Wide enough for two buttons with German words. The head of a dialog is no second banner of the page.
    Modal: Modal.extend({
      defaultProps: { size: '30rem', attributes: { header: { role: 'presentation' } } },
    }),
  },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.125rem' }, h3: { fontSize: '0.95rem' } },
  },
});

/** Muted text and error text that can still be read, and what follows the accent. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--card-radius': brand.radius == null ? '12px' : `${brand.radius}px` },
  light: {
    '--mantine-color-dimmed': '#596170',
    '--mantine-color-error': '#c02626',
    '--mantine-color-placeholder': '#687082',
    '--page-ground': '#f7f8fa',
    '--mantine-color-anchor': accent.light.link,
    '--accent-ink': accent.light.ink,
    '--accent-ground': accent.light.ground,
  },
  dark: {
    '--mantine-color-dimmed': '#a4abb8',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-placeholder': '#9aa1ae',
    '--page-ground': '#101216',
    '--mantine-color-anchor': accent.dark.link,
    '--accent-ink': accent.dark.ink,
    '--accent-ground': accent.dark.ground,
  },
});

const schemeKey = 'mantine-color-scheme-value';

/** Has the page begin light or dark, as who led here wants; it stays chosen. */
export function wishColorScheme(wanted: string | undefined): void {
  if (isMantineColorScheme(wanted)) keep(schemeKey, wanted);
}

/** For a page that keeps nothing. */
export const forgetfulColorScheme: MantineColorSchemeManager = {
  get: (otherwise) => {
    const scheme = kept(schemeKey);
    return isMantineColorScheme(scheme) ? scheme : otherwise;
  },
  set: wishColorScheme,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => keep(schemeKey, null),
};
