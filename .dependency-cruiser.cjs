/**
 * The street: a folder of `src` may import folders to its left, never to its right. The same holds for the rooms
 * inside a room, in the order that is written here; a folder that is not named here fails the check.
 * A module is entered by its doors only; nothing goes round in circles.
 */
const street = [
  'scim-core',
  'extension-points',
  'errors',
  'config',
  'tracing',
  'metrics',
  'database',
  'background',
  'http',
  'audit',
  'events',
  'operator-access',
  'workspaces',
  'tokens',
  'provisioning-log',
  'sync-queue',
  'scim',
  'member-directory',
  'attribute-mapping',
  'role-mapping',
  'sync',
  'user-provisioning',
  'doctor',
  'host-product',
  'webhooks',
  'notifications',
  'personal-data',
  'audit-access',
  'attention',
  'sandbox',
  'settings-screen',
  'application',
];

const roomsInRooms = {
  http: ['request', 'limits', 'bodies', 'validation', 'endpoint', 'answers', 'paging', 'pipeline', 'health'],
  workspaces: ['identity', 'embedding', 'branding'],
  scim: ['directory', 'protocol', 'lists', 'users', 'groups', 'root-list', 'bulk', 'discovery'],
  'member-directory': [
    'fields',
    'events',
    'properties',
    'roles',
    'members',
    'import-export',
    'groups',
    'api',
  ],
  'attribute-mapping': [
    'rule',
    'transforms',
    'compile',
    'mapping',
    'sample',
    'versions',
    'preview',
    'suggestions',
    'api',
  ],
  'role-mapping': ['rule', 'versions', 'api'],
  sync: [
    'decision',
    'wording',
    'policy',
    'record',
    'planning',
    'writing',
    'runs',
    'undo',
    'workers',
    'preview',
    'bulk',
    'requests',
    'guard',
    'groups',
    'role-preview',
  ],
  doctor: ['facts', 'rules', 'words', 'gather', 'api'],
  'host-product': ['feed', 'streams', 'members', 'batch', 'digest', 'snapshot', 'access', 'runs'],
  webhooks: ['signing', 'sending', 'tables', 'deliveries', 'api'],
  notifications: ['causes', 'wording', 'sending', 'tables', 'deliveries', 'looks', 'api'],
  application: ['openapi', 'processes'],
};

/** The same for the settings screen: a part of pages knows no page. A loose file is a room of its own. */
const screen = [
  'page.css',
  'mantine-styles.ts',
  'duration.ts',
  'page-facts.ts',
  'kept.ts',
  'early.ts',
  'embed',
  'locales',
  'api',
  'i18n.ts',
  'theme.ts',
  'parts',
  'guides',
  'shell',
  'mapping',
  'roles',
  'sync',
  'provisioning',
  'people',
  'sessions',
  'app.tsx',
  'main.tsx',
];

/** Rooms that decide and compute; they know no database, framework or clock. */
const pure = [
  'src/scim-core/',
  'src/sync/decision/',
  'src/attribute-mapping/(?:rule|transforms)/',
  'src/role-mapping/rule/',
  'src/doctor/(?:facts|rules|words)/',
];

const leftOnly = street.map((room, at) => ({
  name: `street-${room}`,
  comment: `${room} imports only what stands to its left: ${street.slice(0, at).join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [...street.slice(0, at + 1).map((left) => `^src/${left}/`)] },
}));

const leftOnlyInside = Object.entries(roomsInRooms).flatMap(([room, inner]) => [
  ...inner.map((name, at) => ({
    name: `street-${room}-${name}`,
    comment: `${room}/${name} imports only what stands to its left in ${room}: ${inner.slice(0, at).join(', ') || 'nothing'}`,
    severity: 'error',
    from: { path: `^src/${room}/${name}/`, pathNot: '\\.spec\\.ts$' },
    to: {
      path: `^src/${room}/`,
      pathNot: inner.slice(0, at + 1).map((left) => `^src/${room}/${left}/`),
    },
  })),
  {
    name: `named-rooms-of-${room}`,
    severity: 'error',
    from: { path: `^src/${room}/(?!(?:${inner.join('|')})/)[^/]+/` },
    to: {},
  },
]);

const leftOnlyOnTheScreen = screen.map((room, at) => ({
  name: `screen-${room}`,
  comment: `${room} imports only what stands to its left: ${screen.slice(0, at).join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^web/src/${room}(?:/|$)` },
  to: {
    path: '^web/src/',
    pathNot: screen.slice(0, at + 1).map((left) => `^web/src/${left}(?:/|$)`),
  },
}));

module.exports = {
  forbidden: [
    ...leftOnly,
    ...leftOnlyInside,
    ...leftOnlyOnTheScreen,
    {
      name: 'named-rooms-of-the-screen',
      severity: 'error',
      from: { path: `^web/src/(?!(?:${screen.join('|').replaceAll('.', '\\.')})(?:/|$))` },
      to: {},
    },
    {
      name: 'the-screen-speaks-http-only',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { path: '^(?:src|simulator|scripts|test|bench)/' },
    },
    {
      name: 'named-rooms',
      severity: 'error',
      from: { path: `^src/(?!(?:${street.join('|')})/|(?:main|migrate)\\.ts$)` },
      to: {},
    },
    {
      name: 'pure-rooms',
      comment: 'what decides and computes knows no database, framework, I/O or clock',
      severity: 'error',
      from: { path: pure.map((room) => `^${room}`), pathNot: '\\.spec\\.ts$' },
      to: {
        path: [
          '^src/database/',
          'node_modules/(?:@nestjs|typeorm|pg)/',
          '^(?:node:)?(?:fs|net|http|timers|child_process)',
          '\\.(?:service|table|controller)\\.ts$',
        ],
      },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'scim-core-is-pure',
      comment:
        'the SCIM language knows no framework, database, I/O or clock; a cache of answers is none of these',
      severity: 'error',
      from: { path: '^src/scim-core/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^src/scim-core/', 'node_modules/lru-cache/'] },
    },
    {
      name: 'tables-stay-inside',
      comment:
        'a feature is entered by its module, service or guard; its rows are its own. Who erases a person must know every table',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '^src/personal-data/holdings\\.ts$' },
      to: { path: '^src/[^/]+/.*\\.table\\.ts$', pathNot: '^src/$1/' },
    },
    {
      name: 'simulator-speaks-http-only',
      severity: 'error',
      from: { path: '^(simulator|scripts/demo)' },
      to: { path: '^src/' },
    },
    {
      name: 'the-client-stands-alone',
      comment: 'a vendor installs it by itself: it knows nothing of this repository but the HTTP contract',
      severity: 'error',
      from: { path: '^clients/' },
      to: { path: '^(?:src|web|simulator|scripts|test|bench|examples)/' },
    },
    {
      name: 'examples-stand-alone',
      comment: 'an example is what a vendor writes: it knows the client and HTTP',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(?:src|web|simulator|scripts|test|bench)/' },
    },
    {
      name: 'the-service-knows-no-client',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(?:clients|examples)/' },
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
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
