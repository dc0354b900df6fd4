import { statSync } from 'node:fs';
import Sequencer from '@jest/test-sequencer';

/** Spec files that take longest, in the order of what they take. Begun last, the other worker would wait for one. */
const longest = [
  'settings-screen-roles',
  'settings-screen-story',
  'workers',
  'settings-screen-runs',
  'settings-screen-decisions',
  'move-killed',
  'backup',
  'data-folder',
  'move',
  'large-resources',
  'start-up',
  'run-crash',
  'lanes',
  'sandbox',
  'sync',
  'mirror-chaos',
  'settings-screen-refusals',
  'chaos',
  'branded-screen',
  'upgrade',
  'rolling-restart',
  'rate-limits',
  'linking',
  'embedded-screen',
  'bulk',
  'bad-input',
  'leavers',
  'filter-agreement',
  'example-product',
  'crash',
  'settings-screen',
].map((name) => `/${name}.spec.ts`);

/** The longest first and the rest by size, also in a new clone, where jest does not know yet how long each takes. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = (path) => {
      const at = longest.findIndex((end) => path.endsWith(end));
      return at === -1 ? longest.length : at;
    };
    const size = (path) => statSync(path).size;
    return [...tests].sort((a, b) => rank(a.path) - rank(b.path) || size(b.path) - size(a.path));
  }
}
