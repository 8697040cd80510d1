# One image for every program: docker-compose.yml says which one a container runs.
FROM node:24-bookworm-slim

WORKDIR /app
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    NODE_OPTIONS="--disable-warning=ExperimentalWarning --max-semi-space-size=4" \
    HOAMI_DATA_DIR=/data

# Clips get a poster, and are made lighter for Discord, by ffmpeg.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ffmpeg \
 && rm -rf /var/lib/apt/lists/*

# The image brings Node 24, so the one that npm brings along for older machines is taken out again in the same layer.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/node-linux-* node_modules/.bin/node \
 && npm cache clean --force

COPY tools/health.mjs ./tools/
COPY src ./src
COPY adapters ./adapters
COPY workers ./workers

# A fresh volume takes over the owner of the folder it is mounted on.
RUN mkdir /data && chown node:node /data
VOLUME /data

USER node
CMD ["node", "src/main/gateway.ts"]
