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

/** What `src/early.ts` consists of. */
const comesEarly = /[\\/]src[\\/](?:early|kept|page-facts)\.ts$/;

/** The code of libraries. Their styles are in one file with those of the page. */
const libraries = /[\\/]node_modules[\\/].*(?<!\.css)$/;

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

/**
 * Has the browser run `src/early.ts` by itself as soon as it has come, instead of with what imports it. It comes before the
 * files that weigh something.
 */
function runEarly(): Plugin {
  return {
    name: 'run-early',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const early = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'early');
        if (early === undefined) throw new Error('src/early.ts is no file of its own');
        const others = html
          .split('\n')
          .filter((line) => !line.includes(early.fileName))
          .join('\n');
        const script = `<script type="module" crossorigin src="./${early.fileName}"></script>`;
        return others.replace('<script ', () => `${script}\n    <script `);
      },
    },
  };
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
    runEarly(),
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
    // What the first load may weigh is tested, as it goes over the wire.
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Over HTTP/1.1 a browser asks for six files at a time, and each takes a round trip. So what the first load needs is
          // two files, of which one changes only with its libraries.
          groups: [
            { name: 'early', test: comesEarly, priority: 1 },
            { name: 'libraries', tags: ['$initial'], test: libraries },
            { name: 'first', tags: ['$initial'] },
          ],
        },
      },
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
