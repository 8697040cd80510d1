import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The files of the page: nothing else is served from disk, so no path of a request ever reaches the disk. */
const FILES = {
  'page.css': 'text/css; charset=utf-8',
  'button.css': 'text/css; charset=utf-8',
  'composer.css': 'text/css; charset=utf-8',
  'feed.css': 'text/css; charset=utf-8',
  'card.css': 'text/css; charset=utf-8',
  'page.mjs': 'text/javascript; charset=utf-8',
  'attachment.mjs': 'text/javascript; charset=utf-8',
  'composer.mjs': 'text/javascript; charset=utf-8',
  'feed.mjs': 'text/javascript; charset=utf-8',
  'card.mjs': 'text/javascript; charset=utf-8',
  'words.mjs': 'text/javascript; charset=utf-8',
  'mark.svg': 'image/svg+xml',
} as const;

export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly tag: string;
}

export interface Assets {
  readonly template: string;
  readonly files: ReadonlyMap<string, Asset>;
}

const place = (name: string): URL => new URL(`page/${name}`, import.meta.url);

/** Reads the page once, when the platform begins to listen. */
export async function readAssets(): Promise<Assets> {
  const entries = Object.entries(FILES).map(async ([name, type]) => {
    const bytes = new Uint8Array(await readFile(place(name)));
    const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    return [name, { bytes, type, tag }] as const;
  });
  return { template: await readFile(place('index.html'), 'utf8'), files: new Map(await Promise.all(entries)) };
}
