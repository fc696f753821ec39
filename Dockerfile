# The build needs a compiler only where better-sqlite3 has no ready binary for the platform.
FROM node:24-bookworm-slim AS build
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY build ./build
COPY src ./src
COPY fixtures/seeds ./fixtures/seeds
# The build runs what it has built once, and keeps the compiled code beside it.
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="snapstand" \
  org.opencontainers.image.description="A local stand-in for the disk-snapshot APIs of Zenlayer ZEC and Baidu AI Cloud BCC" \
  org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
  SNAPSTAND_HOST=0.0.0.0 \
  SNAPSTAND_PORT=7420
WORKDIR /app
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY package.json LICENSE ./
COPY docs/clouds ./docs/clouds
COPY fixtures/seeds ./fixtures/seeds
USER node
EXPOSE 7420
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s --start-interval=1s --retries=3 \
  CMD ["node", "dist/cli.js", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["start"]
