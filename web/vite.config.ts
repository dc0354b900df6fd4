import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, defineConfig, type Plugin } from 'vite';

/** Where the service that the page talks to listens while it is being worked on. */
const serviceUrl = process.env.SERVICE_URL ?? 'http://127.0.0.1:3000';

/** What the service fills in where it answers with the page; while developing there is no path, and a name to see. */
const placeholders: Readonly<Record<string, string>> = {
  BRAND: '',
  EMBEDDING_ORIGINS: '',
  PUBLIC_PATH: '',
  PRODUCT_NAME: process.env.PRODUCT_NAME ?? 'Mooncamp',
};

/** Smaller ones fit into one packet either way. */
const compressedFromBytes = 1_000;

/** A component of Mantine that was loaded without its styles would look wrong; here the build fails instead. */
function requireStyles(): Plugin {
  const styled = /@mantine\/core\/esm\/.*\/([\w-]+)\.module\.mjs$/;
  return {
    name: 'require-styles',
    apply: 'build',
    generateBundle(_options, bundle) {
      const loaded = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const names = new Set(loaded.flatMap((id) => styled.exec(id)?.[1] ?? []));
      const missing = [...names].filter((name) => !this.getModuleInfo(stylesOf(name)));
      if (missing.length > 0) this.error(`web/src/mantine-styles.ts must import ${missing.join(', ')}`);
    },
  };
}

function stylesOf(component: string): string {
  return fileURLToPath(import.meta.resolve(`@mantine/core/styles/${component}.css`));
}

/** Puts every text file of the build beside itself in two compressed forms, for the service to answer with. */
function compressFiles(): Plugin {
  const brotli = promisify(brotliCompress);
  const zip = promisify(gzip);
  return {
    name: 'compress-files',
    apply: 'build',
    // Not earlier: Vite fills in the names of preloaded files when a bundle is already generated.
    async writeBundle({ dir = '' }, bundle) {
      const files = Object.keys(bundle).filter((name) => /\.(?:js|css|svg)$/.test(name));
      for (const file of files.map((name) => join(dir, name))) {
        const source = await readFile(file);
        if (source.length < compressedFromBytes) continue;
        await writeFile(`${file}.br`, await brotli(source));
        await writeFile(`${file}.gz`, await zip(source, { level: constants.Z_BEST_COMPRESSION }));
      }
    },
  };
}

/**
 * Builds the script of the pages that embed this one, beside it: in one file without imports, since it is loaded by a plain
 * `<script>`, under a name that stays.
 */
function buildEmbed(): Plugin {
  let outDir = '';
  return {
    name: 'build-embed',
    apply: 'build',
    configResolved: (config) => void (outDir = join(config.root, config.build.outDir)),
    async closeBundle() {
      await build({
        configFile: false,
        root: import.meta.dirname,
        logLevel: 'warn',
        publicDir: false,
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2022',
          lib: {
            entry: join(import.meta.dirname, 'src/embed/element.ts'),
            formats: ['iife'],
            name: 'userProvisioningElement',
            fileName: () => 'embed.js',
          },
        },
      });
    },
  };
}

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
        html.replaceAll(
          /%(PUBLIC_PATH|PRODUCT_NAME|BRAND|EMBEDDING_ORIGINS)%/g,
          (_, place: string) => placeholders[place] ?? '',
        ),
    },
    requireStyles(),
    compressFiles(),
    buildEmbed(),
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
