import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import { refuse } from './refusal.ts';

const PICTURES = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['heic', 'image/heic'],
  ['mp4', 'video/mp4'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
]);

/** What happens to somebody who asks for the file's bytes with a token that may have them. */
export type Download = 'bytes' | 'login-page' | 'redirect-elsewhere' | 'cut' | 'gone';

export interface Share {
  readonly channelId: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
}

export interface StoredFile {
  readonly id: string;
  readonly teamId: string;
  readonly userId: string;
  readonly name: string;
  readonly createdMs: number;
  title: string;
  bytes: Buffer;
  /** What the file says it is; the bytes may be something else. */
  mimetype: string;
  width: number | undefined;
  height: number | undefined;
  altText: string | undefined;
  /** `asked` for a URL, `sent` its bytes, `completed`: known to Slack; `ready` when it was looked through. */
  state: 'asked' | 'sent' | 'completed' | 'ready';
  mode: 'hosted' | 'external';
  isDeleted: boolean;
  /** Another workspace's file: events and messages say only that it has to be asked for. */
  isConnect: boolean;
  /** `files.info` of a Connect file may still say no. */
  isDenied: boolean;
  download: Download;
  /** Handed to the app in a form: it may read the file though nobody shared it. */
  isHandedOver: boolean;
  readonly shares: Share[];
  /** How many bytes were announced. */
  readonly length: number;
  readonly uploadPath: string;
}

/** A file of a person, as a story tells of it. */
export interface FilePlan {
  readonly name: string;
  readonly bytes: Buffer;
  /** What it claims to be; by its name when nothing is said. */
  readonly mimetype?: string;
  readonly width?: number;
  readonly height?: number;
  readonly mode?: 'hosted' | 'external';
  readonly isConnect?: boolean;
  readonly isDenied?: boolean;
  readonly download?: Download;
  /** Slack has not looked through it yet: its type and its pictures are still empty. */
  readonly isFresh?: boolean;
}

export interface Files {
  readonly all: Map<string, StoredFile>;
  add(teamId: string, userId: string, plan: FilePlan): StoredFile;
  /** Step one: a place to send the bytes to. */
  ask(teamId: string, userId: string, name: string, length: number, altText: string | undefined): StoredFile;
  byUploadPath(path: string): StoredFile | undefined;
  byUrlPath(path: string): StoredFile | undefined;
  /** Refuses `file_not_found`, `file_deleted`. */
  find(teamId: string, id: string): StoredFile;
}

export const mimetypeOf = (name: string): string => PICTURES.get(name.split('.').at(-1)?.toLowerCase() ?? '') ?? 'application/octet-stream';

/** The size a PNG says that it has. */
export function pngSize(bytes: Buffer): { readonly width: number; readonly height: number } | undefined {
  if (bytes.byteLength < 24 || bytes.toString('latin1', 1, 4) !== 'PNG') return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

export function createFiles(ids: Ids, clock: Clock): Files {
  const all = new Map<string, StoredFile>();
  const keep = (file: StoredFile): StoredFile => {
    all.set(file.id, file);
    return file;
  };
  const blank = (teamId: string, userId: string, name: string, length: number): StoredFile => ({
    id: ids.next('F'),
    teamId,
    userId,
    name,
    createdMs: clock.nowMs(),
    title: name,
    bytes: Buffer.alloc(0),
    mimetype: '',
    width: undefined,
    height: undefined,
    altText: undefined,
    state: 'asked',
    mode: 'hosted',
    isDeleted: false,
    isConnect: false,
    isDenied: false,
    download: 'bytes',
    isHandedOver: false,
    shares: [],
    length,
    uploadPath: `/upload/v1/${ids.secret('u').slice(2)}`,
  });

  return {
    all,
    add(teamId, userId, plan) {
      const { name, bytes, mimetype, width, height, isFresh = false, mode = 'hosted' } = plan;
      const size = pngSize(bytes);
      return keep({
        ...blank(teamId, userId, name, bytes.byteLength),
        bytes,
        mimetype: isFresh ? '' : (mimetype ?? mimetypeOf(name)),
        width: isFresh ? undefined : (width ?? size?.width),
        height: isFresh ? undefined : (height ?? size?.height),
        state: isFresh ? 'completed' : 'ready',
        mode,
        isConnect: plan.isConnect ?? false,
        isDenied: plan.isDenied ?? false,
        download: plan.download ?? 'bytes',
      });
    },
    ask: (teamId, userId, name, length, altText) => keep({ ...blank(teamId, userId, name, length), altText }),
    byUploadPath: (path) => [...all.values()].find((file) => file.uploadPath === path),
    byUrlPath: (path) => [...all.values()].find((file) => path.startsWith(`/files-pri/${file.teamId}-${file.id}/`)),
    find(teamId, id) {
      const file = all.get(id);
      if (file === undefined || (file.teamId !== teamId && !file.isConnect)) return refuse('file_not_found');
      return file.isDeleted ? refuse('file_deleted') : file;
    },
  };
}
