# The Node that builds is the one that runs: the compiled code that the build keeps beside the program fits no other. So the
# build is started by `node` itself, for an npm script would find the Node among the development packages first.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# No package needs its install script here: the image has a Node, and binaries come ready.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY build ./build
COPY src ./src
COPY fixtures/seeds ./fixtures/seeds
RUN node build/main.ts && npm prune --omit=dev --ignore-scripts --no-audit --no-fund
# better-sqlite3 brings its sources and the binaries of every platform: one of them is needed.
RUN rm -rf node_modules/node-addon-api node_modules/better-sqlite3/deps node_modules/better-sqlite3/src \
  && find node_modules/better-sqlite3/prebuilds -type f ! -name "linux-$(node -p process.arch).node" -delete

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="snapstand" \
  org.opencontainers.image.description="A local stand-in for the disk-snapshot APIs of Zenlayer ZEC and Baidu AI Cloud BCC" \
  org.opencontainers.image.licenses="Apache-2.0"
# No port is set here, so that a configuration file can. The health check finds the server by the file of its URL, whatever
# port that has; /dev/shm can be written when the root file system cannot.
ENV NODE_ENV=production \
  SNAPSTAND_HOST=0.0.0.0 \
  SNAPSTAND_URL_FILE=/dev/shm/snapstand-url
# Where worlds can be kept (SNAPSTAND_DATA=/data): a fresh volume takes over whom this folder belongs to.
RUN install -d -o node -g node /data
WORKDIR /app
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY package.json LICENSE ./
COPY fixtures/seeds ./fixtures/seeds
USER node
VOLUME /data
EXPOSE 7420
# Where nobody answers it ends with 3: any code but 0 is unhealthy to Docker and Podman.
HEALTHCHECK --interval=60s --timeout=5s --start-period=30s --start-interval=1s --retries=3 \
  CMD ["node", "dist/cli.js", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["start"]
