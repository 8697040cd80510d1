import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import sharp from 'sharp';
import type { Clock } from './clock.ts';
import { isId } from './ids.ts';

/** A file as it was handed over, by a program or a person. */
export interface Upload {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A file that Discord keeps. */
export interface StoredFile extends Upload {
  readonly id: string;
  /** Where on the CDN it lies, without the signature. */
  readonly path: string;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Handed over with a command: it vanishes by itself. */
  readonly ephemeral: boolean;
  readonly storedAt: number;
  readonly description: string | undefined;
  readonly title: string | undefined;
  readonly isSpoiler: boolean;
}

export interface Links {
  readonly url: string;
  readonly proxyUrl: string;
}

export interface FilesOptions {
  readonly clock: Clock;
  readonly newId: () => string;
  /** How long a signed link works. */
  readonly linkLifeMs: number;
  /** How long a file handed over with a command is kept. */
  readonly ephemeralLifeMs: number;
  readonly hosts: { readonly cdn: string; readonly media: string };
}

/** What the CDN stores, and the signed links to it. */
export interface Files {
  /** Keeps a file under a channel's folder, or under the application's own when it came with a command. */
  put(upload: Upload, folderId: string, about: { readonly ephemeral: boolean }): Promise<StoredFile>;
  /** A fresh link: it carries when it was issued, until when it works, and a signature over both. */
  sign(file: StoredFile): Links;
  remove(file: StoredFile): void;
  /** The file behind a path and its query, or why there is none. */
  find(path: string, query: URLSearchParams): StoredFile | 'unsigned' | 'expired' | 'gone';
  /** The file a link once led to, however old the link. */
  ofLink(link: string): StoredFile | undefined;
}

const SIGNED = ['ex', 'is', 'hm'] as const;

/** Discord keeps letters, digits and a few signs of a name. */
const tidy = (filename: string): string => filename.replace(/[^\w.-]+/g, '_');

async function sizeOf(upload: Upload): Promise<{ width: number | undefined; height: number | undefined }> {
  if (!upload.contentType.startsWith('image/')) return { width: undefined, height: undefined };
  try {
    const { width, height } = await sharp(upload.bytes).metadata();
    return { width, height };
  } catch {
    return { width: undefined, height: undefined };
  }
}

export function createFiles({ clock, newId, linkLifeMs, ephemeralLifeMs, hosts }: FilesOptions): Files {
  const stored = new Map<string, StoredFile>();
  const secret = randomBytes(32);
  const signature = (path: string, ex: string, is: string): string =>
    createHmac('sha256', secret).update(`${path}?${ex}&${is}`).digest('hex');

  function isSignature(path: string, query: URLSearchParams): boolean {
    const [ex = '', is = '', hm = ''] = SIGNED.map((name) => query.get(name) ?? '');
    const [given, right] = [Buffer.from(hm), Buffer.from(signature(path, ex, is))];
    return given.byteLength === right.byteLength && timingSafeEqual(given, right);
  }

  const isGone = (file: StoredFile): boolean => file.ephemeral && clock.now() > file.storedAt + ephemeralLifeMs;

  return {
    async put(upload, folderId, { ephemeral }) {
      const id = newId();
      const folder = ephemeral ? 'ephemeral-attachments' : 'attachments';
      const filename = tidy(upload.filename);
      const path = `/${folder}/${folderId}/${id}/${filename}`;
      const about = { description: undefined, title: undefined, isSpoiler: filename.startsWith('SPOILER_') };
      const file = { ...upload, ...(await sizeOf(upload)), ...about, filename, id, path, ephemeral, storedAt: clock.now() };
      stored.set(path, file);
      return file;
    },
    sign({ path }) {
      const issued = Math.floor(clock.now() / 1000);
      const [ex, is] = [(issued + Math.floor(linkLifeMs / 1000)).toString(16), issued.toString(16)];
      const query = `?ex=${ex}&is=${is}&hm=${signature(path, ex, is)}&`;
      return { url: `${hosts.cdn}${path}${query}`, proxyUrl: `${hosts.media}${path}${query}` };
    },
    remove(file) {
      stored.delete(file.path);
    },
    find(path, query) {
      if (!SIGNED.every((name) => query.has(name)) || !isSignature(path, query)) return 'unsigned';
      if (clock.now() / 1000 > Number.parseInt(query.get('ex') ?? '', 16)) return 'expired';
      const file = stored.get(path);
      return file === undefined || isGone(file) ? 'gone' : file;
    },
    ofLink(link) {
      const url = URL.parse(link);
      const isOurs = url !== null && [hosts.cdn, hosts.media].includes(url.origin);
      const [, , folderId = ''] = url?.pathname.split('/') ?? [];
      const file = isOurs && isId(folderId) ? stored.get(url.pathname) : undefined;
      return file === undefined || isGone(file) ? undefined : file;
    },
  };
}
