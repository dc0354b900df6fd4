/**
 * The street: a folder of `src` may import folders to its left, never to its right.
 * A module is entered by its doors only; nothing goes round in circles.
 */
const street = [
  'scim-core',
  'doors',
  'errors',
  'bodies',
  'config',
  'database',
  'audit',
  'workspaces',
  'tokens',
  'provisioning-log',
  'scim',
  'member-directory',
  'attribute-mapping',
  'sync',
  'user-provisioning',
  'sandbox',
  'settings-screen',
];

const leftOnly = street.map((room, at) => ({
  name: `street-${room}`,
  comment: `${room} imports only what stands to its left: ${street.slice(0, at).join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [...street.slice(0, at + 1).map((left) => `^src/${left}/`)] },
}));

module.exports = {
  forbidden: [
    ...leftOnly,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'scim-core-is-pure',
      comment: 'the SCIM language knows no framework, database, I/O or clock',
      severity: 'error',
      from: { path: '^src/scim-core/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/scim-core/' },
    },
    {
      name: 'entities-stay-inside',
      comment: 'a feature is entered by its module, service or guard; its rows are its own',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/.*\\.entity\\.ts$', pathNot: '^src/$1/' },
    },
    {
      name: 'simulator-speaks-http-only',
      severity: 'error',
      from: { path: '^(simulator|scripts/demo)' },
      to: { path: '^src/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(^test/|\\.spec\\.ts$|^simulator/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
