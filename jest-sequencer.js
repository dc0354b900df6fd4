import { statSync } from 'node:fs';
import Sequencer from '@jest/test-sequencer';

/** Spec files that take longest, in the order of what they take. Begun last, the other worker would wait for one. */
const longest = [
  'settings-screen-story',
  'workers',
  'settings-screen-decisions',
  'move-killed',
  'settings-screen-roles',
  'settings-screen-runs',
  'move',
  'data-folder',
  'backup',
  'start-up',
  'large-resources',
  'run-crash',
  'lanes',
  'sandbox',
  'sync',
  'mirror-chaos',
  'settings-screen-refusals',
  'chaos',
  'branded-screen',
  'embedded-screen',
  'upgrade',
  'rolling-restart',
  'rate-limits',
  'linking',
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
