import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';
import { compileCache } from './compile-cache.ts';
import type * as loadedService from './loaded-service.ts';
import { reasonNotOnCitus } from './not-on-citus.ts';

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

/**
 * What jest's environment for Node is, with `loadService` as a global function. On Citus it leaves out what `notOnCitus` names.
 */
export default class extends TestEnvironment {
  private readonly spec: string;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context);
    this.spec = context.testPath;
  }

  handleTestEvent(event: Circus.Event, { rootDescribeBlock }: Circus.State): void {
    if (event.name === 'run_start' && process.env.TEST_CITUS_NODES !== undefined)
      leaveOut(rootDescribeBlock, this.spec);
  }

  override async setup(): Promise<void> {
    await super.setup();
    this.global.loadService = loadService;
  }
}

/** Skips the tests of a block that do not hold on Citus; with all of them, what is done before and after. */
function leaveOut(block: Circus.DescribeBlock, spec: string, names = ''): boolean {
  const isLeftOut = block.children.map((child) => {
    const name = `${names} ${child.name}`;
    if (child.type === 'describeBlock') return leaveOut(child, spec, name);
    const isMeant = reasonNotOnCitus(spec, name) !== null;
    if (isMeant) child.mode = 'skip';
    return isMeant;
  });
  const isWhole = isLeftOut.length > 0 && !isLeftOut.includes(false);
  if (isWhole) block.mode = 'skip';
  return isWhole;
}
