import { statSync } from 'node:fs';
import Sequencer from '@jest/test-sequencer';

/**
 * Spec files that take longest, in the order of what they take. Begun last, the other workers would wait for one. Those that
 * wait themselves for most of their time come first, beside some that work.
 */
const longest = [
  'chaos',
  'silent-database',
  'settings-screen-story',
  'settings-screen-decisions',
  'settings-screen-roles',
  'settings-screen-runs',
  'move-killed',
  'killed-writes',
  'slow-clients',
  'workers',
  'move',
  'run-crash',
  'settings-screen-refusals',
  'linking',
  'docs',
  'new-workspace',
  'sync',
  'cursors',
  'rate-limits',
  'if-match',
  'removal-guard',
  'roles',
  'members',
  'notifications',
  'tracing',
  'statement-limits',
  'sandbox',
  'example-product',
  'embedded-screen',
  'branded-screen',
  'lanes',
  'start-up',
  'data-folder',
  'backup',
  'bulk',
  'nightly',
  'crash',
  'mirror-chaos',
  'service-role',
  'rolling-restart',
  'leavers',
  'large-resources',
  'bad-input',
  'preview-lists',
  'seats-processes',
  'directory-users',
  'quick-reads',
  'upgrade',
  'mapping-cost',
  'filter-agreement',
  'directory-counts',
  'acts-beside-acts',
  'settings-screen',
  'roles-screen',
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
