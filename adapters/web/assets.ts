import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly packed: { readonly brotli: Uint8Array<ArrayBuffer>; readonly gzip: Uint8Array<ArrayBuffer> };
  readonly type: string;
  readonly tag: string;
}

export interface Assets {
  readonly template: string;
  readonly signIn: string;
  readonly files: ReadonlyMap<string, Asset>;
}

const PLACE = new URL('page/', import.meta.url);

/**
 * Reads and packs the page once, when the platform begins to listen. Nothing else is served from disk, and its files are known by name from then
 * on, so no path of a request ever reaches the disk.
 */
export async function readAssets(): Promise<Assets> {
  const names = await readdir(PLACE);
  const files = await Promise.all(names.map(async (name) => [name, await readAsset(name)] as const));
  // What the scripts import is fetched side by side with them rather than one after the other.
  const scripts = names.filter((name) => name.endsWith('.mjs') && !name.startsWith('sign-in'));
  const preloads = scripts.map((name) => `<link rel="modulepreload" href="/assets/${name}" />`).join('\n    ');
  return {
    template: (await readFile(new URL('index.html', PLACE), 'utf8')).replace('{{preloads}}', preloads),
    signIn: await readFile(new URL('sign-in.html', PLACE), 'utf8'),
    files: new Map(files.flatMap(([name, asset]) => (asset === undefined ? [] : [[name, asset] as const]))),
  };
}

async function readAsset(name: string): Promise<Asset | undefined> {
  const type = TYPES[name.split('.').at(-1) ?? ''];
  if (type === undefined) return undefined;
  const bytes = new Uint8Array(await readFile(new URL(name, PLACE)));
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const [brotli, gzipped] = await Promise.all([promisify(brotliCompress)(bytes), promisify(gzip)(bytes)]);
  return { bytes, packed: { brotli: new Uint8Array(brotli), gzip: new Uint8Array(gzipped) }, type, tag };
}
