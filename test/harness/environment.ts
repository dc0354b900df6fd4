import { TestEnvironment } from 'jest-environment-node';
import { compileCache } from './compile-cache.ts';
import type * as loadedService from './loaded-service.ts';

// Set when this worker runs already: of its own code it keeps nothing, which would take longer than jest lets it end.
Object.assign(process.env, compileCache());

let loading: Promise<typeof loadedService> | null = null;

/**
 * Loads the service once for all spec files of a worker.
 *
 * To jest each spec file is a world of its own: what it imports is compiled and run again, and never gets warm. The
 * service is reached over HTTP anyway; so Node itself loads it, outside of those worlds.
 */
function loadService(): Promise<typeof loadedService> {
  loading ??= import('./compile-sources.ts').then(({ compileSources }) => {
    compileSources();
    return import('./loaded-service.ts');
  });
  return loading;
}

/** What jest's environment for Node is, with `loadService` as a global function. */
export default class extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    this.global.loadService = loadService;
  }
}
