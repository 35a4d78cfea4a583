# syntax=docker/dockerfile:1
# The bot and its programs. Articles are mounted at /corpus, index and feedback live in /var/lib/fundstelle.

FROM node:20-bookworm-slim AS build
# hnswlib-node is compiled here; the final image has no compiler.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends g++ make python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Node's headers are part of the image; node-gyp need not fetch them.
RUN npm ci --ignore-scripts \
 && npm_config_nodedir="$(dirname "$(dirname "$(command -v node)")")" npm rebuild hnswlib-node
COPY tsconfig.json ./
COPY scripts/build.mjs scripts/
COPY src src
RUN npm run build \
 && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim AS final
ENV NODE_ENV=production \
    CORPUS_DIR=/corpus \
    INDEX_DIR=/var/lib/fundstelle/index \
    FEEDBACK_FILE=/var/lib/fundstelle/feedback.sqlite
RUN install -d -o node -g node /var/lib/fundstelle
WORKDIR /app
COPY package.json LICENSE ./
COPY embeddings/model embeddings/model
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# The program's files belong to root: the process cannot change them.
USER node
VOLUME /var/lib/fundstelle
# Healthy while /healthz says so; nothing to ask when METRICS_PORT is not set.
HEALTHCHECK --interval=30s --timeout=5s --retries=3 \
  CMD ["node", "-e", "const port = process.env.METRICS_PORT; if (port) fetch(`http://127.0.0.1:${port}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node"]
CMD ["dist/bot.js"]
