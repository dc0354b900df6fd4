import { defineConfig } from 'vite';

/** Where the service that the page talks to listens while it is being worked on. */
const serviceUrl = process.env.SERVICE_URL ?? 'http://127.0.0.1:3000';

/** What the service fills in where it answers with the page; while developing there is no path, and a name to see. */
const placeholders: Readonly<Record<string, string>> = {
  PUBLIC_PATH: '',
  PRODUCT_NAME: process.env.PRODUCT_NAME ?? 'Mooncamp',
};

/**
 * Built files name each other by where they are themselves, since only the service knows below which path it is reached;
 * while developing, Vite answers everything but the API.
 */
export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  base: command === 'build' ? './' : '/',
  plugins: [
    {
      name: 'fill-page',
      apply: 'serve',
      transformIndexHtml: (html) =>
        html.replaceAll(/%(PUBLIC_PATH|PRODUCT_NAME)%/g, (_, place: string) => placeholders[place] ?? ''),
    },
  ],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // From these on browsers know light-dark(), which must not be rewritten: Mantine decides the scheme.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Pictures as data: URLs would need an exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    rolldownOptions: {
      onLog(level, log, show) {
        // "use client" speaks to frameworks that render on a server.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') show(level, log);
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/scim', '/operator', '/health'].map((path) => [path, { target: serviceUrl }]),
    ),
  },
}));
