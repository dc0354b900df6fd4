import { createTheme, type CSSVariablesResolver, type MantineColorsTuple, Modal } from '@mantine/core';

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

/** The look of the page. Colours are chosen for contrast of 4.5 : 1 and more on their grounds. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 7 },
  colors: { indigo, dark },
  fontFamily:
    'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // The head of a dialog is no second banner of the page.
  components: { Modal: Modal.extend({ defaultProps: { attributes: { header: { role: 'presentation' } } } }) },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.125rem' }, h3: { fontSize: '0.95rem' } },
  },
});

/** Muted text and error text that can still be read. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#596170',
    '--mantine-color-error': '#c02626',
    '--mantine-color-placeholder': '#687082',
    '--page-ground': '#f7f8fa',
    '--mantine-color-anchor': '#3a48bd',
  },
  dark: {
    '--mantine-color-dimmed': '#a4abb8',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-placeholder': '#9aa1ae',
    '--page-ground': '#101216',
    '--mantine-color-anchor': '#a5b1ff',
  },
});
