import { compact, type JsonObject } from './json.ts';
import type { Share, StoredFile } from './files.ts';
import type { World } from './world.ts';

const THUMBS = [64, 80, 160, 360, 480, 720, 800, 960, 1024];

export interface FileAddresses {
  readonly world: World;
  /** Where the emulator listens, without a slash at the end. */
  readonly origin: string;
}

function shareLists(shares: readonly Share[], { world }: FileAddresses, kinds: readonly string[]): JsonObject | undefined {
  const lists = new Map<string, JsonObject[]>();
  for (const { channelId, ts, threadTs } of shares) {
    const channel = world.channels.get(channelId);
    if (channel === undefined || !kinds.includes(channel.kind)) continue;
    const entry = compact({ ts, thread_ts: threadTs, channel_name: channel.name, team_id: channel.teamId, reply_count: 0 });
    lists.set(channelId, [...(lists.get(channelId) ?? []), entry]);
  }
  return lists.size === 0 ? undefined : Object.fromEntries(lists);
}

function thumbnails(file: StoredFile, base: string): JsonObject {
  const { width, height } = file;
  if (!file.mimetype.startsWith('image/') || width === undefined || height === undefined) return {};
  const sizes = THUMBS.filter((side, index) => index < 4 || side <= Math.max(width, height));
  return Object.fromEntries(sizes.map((side) => [`thumb_${side}`, `${base}/thumb_${side}.png`]));
}

/** What a message, an event or `files.info` tells of a file. What belongs to another workspace tells only that it has to be asked for. */
export function fileObject(file: StoredFile, addresses: FileAddresses, forTeamId: string): JsonObject {
  if (file.isConnect && file.teamId !== forTeamId) {
    return { id: file.id, mode: 'file_access', file_access: 'check_file_info', created: 0, timestamp: 0, user: '' };
  }
  return wholeFileObject(file, addresses);
}

export function wholeFileObject(file: StoredFile, addresses: FileAddresses): JsonObject {
  const { origin, world } = addresses;
  const base = `${origin}/files-pri/${file.teamId}-${file.id}`;
  const seconds = Math.floor(file.createdMs / 1000);
  const inKind = (...kinds: string[]): string[] => [
    ...new Set(file.shares.map(({ channelId }) => channelId).filter((id) => kinds.includes(world.channels.get(id)?.kind ?? ''))),
  ];
  return compact({
    id: file.id,
    created: seconds,
    timestamp: seconds,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.mimetype === '' ? '' : (file.name.split('.').at(-1) ?? ''),
    pretty_type: file.mimetype === '' ? '' : (file.name.split('.').at(-1) ?? '').toUpperCase(),
    user: file.userId,
    user_team: file.teamId,
    editable: false,
    size: file.bytes.byteLength,
    mode: file.mode,
    is_external: file.mode === 'external',
    external_type: file.mode === 'external' ? 'gdrive' : '',
    is_public: inKind('public').length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: file.mode === 'external' ? 'https://drive.example/file' : `${base}/${encodeURIComponent(file.name)}`,
    url_private_download: file.mode === 'external' ? undefined : `${base}/download/${encodeURIComponent(file.name)}`,
    media_display_type: 'unknown',
    ...thumbnails(file, base),
    original_w: file.width,
    original_h: file.height,
    alt_txt: file.altText,
    permalink: `${origin}/files/${file.userId}/${file.id}/${encodeURIComponent(file.name)}`,
    permalink_public: `${origin}/public/${file.teamId}-${file.id}`,
    is_starred: false,
    has_rich_preview: false,
    file_access: 'visible',
    channels: inKind('public'),
    groups: inKind('private'),
    ims: inKind('im', 'mpim'),
    shares: compact({
      public: shareLists(file.shares, addresses, ['public']),
      private: shareLists(file.shares, addresses, ['private', 'im', 'mpim']),
    }),
  });
}
