import { createHash } from 'node:crypto';
import type { WebRoom } from '#adapters/web/house.ts';
import { createWebPlatform, type WebPlatform } from '#adapters/web/platform.ts';
import type { Answer } from '#src/core/answer.ts';
import type { Archive, Entry, HistoryQuery } from '#src/core/archive.ts';
import type { Blobs } from '#src/core/blobs.ts';
import type { Cabinet } from '#src/core/cabinet.ts';
import type { Clips } from '#src/core/clips.ts';
import { parseCommand } from '#src/core/command.ts';
import { Refusal, type RefusalCode } from '#src/core/failure.ts';
import { detectLanguage } from '#src/core/language.ts';
import { FILE_EXTENSIONS, type Media } from '#src/core/media.ts';
import { foldMarks } from '#src/core/vietnamese.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { Ask, AskFunction, Desk, Stop } from '#src/core/platform.ts';
import type { Json } from '#src/core/request.ts';
import { asked } from '#test/ledger/asked.ts';
import { deskOf } from '../desk.ts';

export const CARD: ModelCard = {
  id: 'core',
  label: 'Stable Image Core',
  aliases: [],
  bedrockId: 'stability.stable-image-core-v1:1',
  regions: ['us-west-2'],
  tasks: ['imagine', 'transform'],
  aspectRatios: { '1:1': { width: 1024, height: 1024 } },
  defaultAspectRatio: '1:1',
  prompt: { lengthMax: 10_000, lengthTarget: 2000 },
  negativePrompt: { lengthMax: 10_000 },
  seedMax: 4_294_967_294,
  styles: [],
  inputPicture: undefined,
  strengthDefault: undefined,
  priceMicros: 40_000,
  lifecycle: { status: 'active' },
};

/** Pictures in memory. */
export function createMemoryBlobs(): Blobs & { readonly size: () => number } {
  const kept = new Map<string, Media>();
  return {
    size: () => kept.size,
    put: (media) => {
      const key = `${createHash('sha256').update(media.bytes).digest('hex')}.${FILE_EXTENSIONS[media.type]}`;
      kept.set(key, media);
      return Promise.resolve(key);
    },
    get: (key) => {
      const media = kept.get(key);
      return media === undefined ? Promise.reject(new Refusal('picture-gone')) : Promise.resolve(media);
    },
    remove: async (key) => void kept.delete(key),
  };
}

/** Clips in memory. `read`: how many bytes were taken out so far. */
export function createMemoryClips(): Pick<Clips, 'open'> & { readonly put: (bytes: Uint8Array) => string; readonly read: () => number } {
  const kept = new Map<string, Uint8Array>();
  let read = 0;
  return {
    read: () => read,
    put: (bytes) => {
      const key = `${createHash('sha256').update(bytes).digest('hex')}.mp4`;
      kept.set(key, bytes);
      return key;
    },
    open: async (key, range) => {
      const whole = kept.get(key);
      if (whole === undefined) throw new Refusal('clip-gone');
      const part = range === undefined ? whole : whole.subarray(range.from, range.to + 1);
      const pieces = async function* () {
        for (let at = 0; at < part.length; at += PIECE_BYTES) {
          const piece = part.subarray(at, at + PIECE_BYTES);
          read += piece.length;
          yield piece;
        }
      };
      return { sizeBytes: whole.length, bytes: pieces() };
    },
  };
}

const PIECE_BYTES = 64 * 1024;

/** Drawers in memory. */
export function createMemoryCabinet(): Cabinet {
  const drawers = new Map<string, Map<string, Json>>();
  const drawer = (name: string): Map<string, Json> => drawers.get(name) ?? new Map();
  return {
    read: async (where, name) => drawer(where).get(name),
    write: async (where, name, value) => void drawers.set(where, drawer(where).set(name, value)),
    remove: async (where, name) => void drawer(where).delete(name),
    list: async (where) =>
      [...drawer(where)].map(([name, value]) => ({ name, value })).toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

/** The ledger and its archive as far as the page sees them. `change` is what workers do meanwhile. */
export interface Ledgerlike {
  readonly archive: Archive;
  readonly ask: AskFunction;
  readonly asks: Ask[];
  change(id: string, changes: Partial<Entry>): void;
  finish(id: string, answer: Answer): void;
  /** The next request is refused with this code. */
  refuseNext(code: RefusalCode): void;
  /** Whatever is asked and not agreed to costs so much, for as long as it is not 0. */
  charge(priceMicros: number): void;
}

export function createMemoryLedger(): Ledgerlike {
  const entries = new Map<string, Entry>();
  const asks: Ask[] = [];
  let refusal: RefusalCode | undefined;
  let price = 0;
  const fits = ({ request, answer }: Entry, { tenant, room, topic, onlyRoots, onlyMade, words, modelId, before }: HistoryQuery): boolean =>
    request.tenant === tenant &&
    (room === undefined || request.thread.room === room) &&
    (topic === undefined || request.thread.topic === topic) &&
    (onlyRoots !== true || request.thread.topic === undefined) &&
    (onlyMade !== true || answer?.kind === 'made') &&
    (modelId === undefined || (answer?.kind === 'made' && answer.model.id === modelId)) &&
    (words === undefined || foldMarks(request.prompt).includes(foldMarks(words))) &&
    (before === undefined ||
      request.acceptedAt < before.acceptedAt ||
      (request.acceptedAt === before.acceptedAt && request.id < before.id));
  const change: Ledgerlike['change'] = (id, changes) => {
    const entry = entries.get(id);
    if (entry === undefined) throw new Error(`no request ${id}`);
    entries.set(id, { ...entry, ...changes });
  };
  return {
    asks,
    change,
    refuseNext: (code) => {
      refusal = code;
    },
    charge: (priceMicros) => {
      price = priceMicros;
    },
    finish: (id, answer) => change(id, { stage: 'finished', ahead: 0, answer, finishedAt: Date.now(), costMicros: answer.costMicros }),
    archive: {
      find: (id) => Promise.resolve(entries.get(id)),
      history: (query) =>
        Promise.resolve(
          [...entries.values()]
            .filter((entry) => fits(entry, query))
            .toSorted((left, right) => right.request.acceptedAt - left.request.acceptedAt)
            .slice(0, query.limit),
        ),
      replies: ({ topics }) => {
        const own = [...entries.values()].filter(({ request }) => topics.includes(request.thread.topic ?? ''));
        const byTopic = Map.groupBy(own, ({ request }) => request.thread.topic ?? '');
        const rows = [...byTopic].map(([topic, said]) => ({
          topic,
          count: said.length,
          lastAt: Math.max(...said.map(({ request }) => request.acceptedAt)),
        }));
        return Promise.resolve(rows);
      },
      spent: () => Promise.resolve([]),
      usage: () => Promise.resolve([]),
      load: () => Promise.resolve({ queued: 0, running: 0, oldestQueuedAt: undefined }),
    },
    ask: (ask) => {
      asks.push(ask);
      const language = detectLanguage(ask.text, ask.locale);
      if (price > 0 && ask.isConfirmed !== true)
        return Promise.resolve({
          receipt: { kind: 'unconfirmed', id: ask.id, priceMicros: price, ...(ask.isInstruction === true ? { isAtMost: true } : {}) },
          language,
        });
      const command = refusal === undefined ? tryParse(ask) : new Refusal(refusal);
      refusal = undefined;
      if (command instanceof Refusal) {
        return Promise.resolve({ receipt: { kind: 'refused', code: command.code, details: command.details }, language });
      }
      const { images, thread, requester, tenant, origin } = ask;
      const request = asked(ask.id, {
        ...command,
        images: [...images],
        task: ask.task ?? (images.length > 0 ? { kind: ask.isInstruction === true ? 'instruct' : 'transform' } : { kind: 'imagine' }),
        ...(origin === undefined ? {} : { origin }),
        thread,
        requester,
        tenant,
        language,
        acceptedAt: Date.now() + asks.length,
      });
      const repeated = entries.has(ask.id);
      if (!repeated) {
        entries.set(ask.id, {
          request,
          ahead: 1,
          stage: 'queued',
          progress: undefined,
          isCancelled: false,
          answer: undefined,
          finishedAt: undefined,
          costMicros: 0,
        });
      }
      return Promise.resolve({ receipt: { kind: 'accepted', id: ask.id, ahead: 1, estimateMs: 12_000, repeated }, language });
    },
  };
}

const WORDLESS: readonly string[] = ['erase', 'describe', 'restyle'];

function tryParse({ text, task }: Ask): ReturnType<typeof parseCommand> | Refusal {
  try {
    const command = parseCommand(text);
    return command.prompt === '' && !WORDLESS.includes(task?.kind ?? 'imagine') ? new Refusal('prompt-empty') : command;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

export interface Room extends Ledgerlike {
  readonly platform: WebPlatform;
  /** What the platform was made with. */
  readonly options: WebRoom;
  readonly blobs: ReturnType<typeof createMemoryBlobs>;
  readonly clips: ReturnType<typeof createMemoryClips>;
  /** What is said to be needed, and whether it answers. */
  readonly services: Record<string, () => Promise<void>>;
  /** Errors that were logged. */
  readonly errors: unknown[];
  /** Another process's page, on a port of its own or on one that is free again. */
  create(port?: number): WebPlatform;
  /** What is wanted beside asking, in the order in which it was. */
  readonly wants: string[];
  readonly desk: Desk;
  address(path: string): string;
  readonly stop: Stop;
}

export interface RoomOptions {
  readonly names?: readonly string[];
  readonly archive?: Archive;
  readonly check?: () => Promise<void>;
  /** Where it is not the same as `check`. */
  readonly ledgerCheck?: () => Promise<void>;
  readonly host?: string;
  readonly cabinet?: Cabinet;
  readonly cards?: readonly ModelCard[];
  readonly now?: () => number;
}

/** The page's server on a free port, with everything behind it in memory. */
export async function openRoom(options: RoomOptions = {}): Promise<Room> {
  const room = createRoom(options);
  return { ...room, stop: await room.platform.listen(room.desk) };
}

export function createRoom(wishes: RoomOptions = {}): Room {
  const { names = [], archive, check = async () => {}, host = '127.0.0.1', cabinet = createMemoryCabinet(), cards = [CARD] } = wishes;
  const ledger = createMemoryLedger();
  const blobs = createMemoryBlobs();
  const clips = createMemoryClips();
  const errors: unknown[] = [];
  const log = { info: () => {}, warn: () => {}, error: (...line: unknown[]) => void errors.push(line) };
  const place = { host, port: 0, names, cards, sandbox: true };
  const thumbnail = async (key: string): Promise<Media> => blobs.get(key);
  const services: Record<string, () => Promise<void>> = { ledger: wishes.ledgerCheck ?? check };
  const behind = { blobs, clips, archive: archive ?? ledger.archive, cabinet, thumbnail, check, checks: services };
  const options: WebRoom = { ...place, ...behind, log, now: wishes.now ?? (() => Date.now()) };
  const create = (port = 0): WebPlatform => createWebPlatform({ ...options, port });
  const platform = create();
  return {
    ...ledger,
    platform,
    options,
    blobs,
    clips,
    errors,
    services,
    create,
    ...deskFor(ledger),
    address: (path) => new URL(path, platform.url()).href,
    stop: async () => {},
  };
}

/** Again, variations, cancelling and deleting, as far as the page sees them: what comes of them is one more request, or one less. */
function deskFor({ ask, asks, archive, change, finish }: Ledgerlike): Pick<Room, 'wants' | 'desk'> {
  const wants: string[] = [];
  const refused = (code: RefusalCode) => ({ kind: 'refused', code, details: {} }) as const;
  const desk = deskOf(ask, {
    repeat: async ({ of, how, text, ...repeat }) => {
      wants.push(`${how} ${of}`);
      const earlier = await archive.find(of);
      return ask({ ...repeat, text: text ?? earlier?.request.prompt ?? '', options: {}, images: [], origin: { id: of, how } });
    },
    confirm: async ({ id, actor }) => {
      wants.push(`confirm ${id}`);
      const waiting = asks.findLast((one) => one.id === id);
      if (waiting === undefined) return { receipt: refused('confirmation-gone'), language: 'en' };
      if (waiting.requester.id !== actor.requesterId) return { receipt: refused('not-yours'), language: 'en' };
      return ask({ ...waiting, isConfirmed: true });
    },
    cancel: async (id, { requesterId, isAdmin }) => {
      const entry = await archive.find(id);
      if (entry === undefined || (!isAdmin && entry.request.requester.id !== requesterId)) return refused('not-yours');
      wants.push(`cancel ${id}`);
      if (entry.answer !== undefined) return refused('already-finished');
      finish(id, { kind: 'refused', code: 'cancelled', details: {}, costMicros: 0 });
      return { kind: 'done' };
    },
    remove: async (id, { requesterId, isAdmin }) => {
      const entry = await archive.find(id);
      if (entry === undefined || (!isAdmin && entry.request.requester.id !== requesterId)) return refused('not-yours');
      wants.push(`remove ${id}`);
      change(id, { request: { ...entry.request, prompt: '' } });
      finish(id, { kind: 'refused', code: 'removed', details: {}, costMicros: 0 });
      return { kind: 'done' };
    },
  });
  return { wants, desk };
}
