import type { Archive } from './archive.ts';
import type { Clips } from './clips.ts';
import { withinDeadline } from './deadline.ts';
import type { RefusalCode } from './failure.ts';
import type { Log } from './log.ts';

/** For how long a link to a clip can be opened: no store signs for longer, and one whose credentials end sooner for less. */
export const LINK_MS = 7 * 24 * 60 * 60_000;

/** `code`: of the recipe, by which the clip is found on the page. */
export type FreshLink =
  | { readonly kind: 'link'; readonly address: string; readonly code: string }
  | { readonly kind: 'no-link'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode };

/** Whose clip it is, and what a link to it may take of time and room. */
interface LinkWish {
  readonly id: string;
  readonly tenant: string;
  readonly withinMs: number;
  readonly lengthMax: number;
}

interface LinkRoom {
  readonly archive: Pick<Archive, 'find'>;
  readonly clips: Pick<Clips, 'link'>;
  readonly log: Log;
}

/** Another link to the clip of an earlier request, for as long as the ledger knows that request. Never throws. */
export async function freshLink(wish: LinkWish, room: LinkRoom): Promise<FreshLink> {
  const linked = await withinDeadline(lookUp(wish, room), wish.withinMs);
  if (linked.kind === 'done') return linked.value;
  room.log.warn('clip-link-unasked', { id: wish.id, why: linked.kind }, linked.kind === 'failed' ? linked.error : undefined);
  return { kind: 'refused', code: 'ledger-unavailable' };
}

async function lookUp({ id, tenant, lengthMax }: LinkWish, { archive, clips, log }: LinkRoom): Promise<FreshLink> {
  const entry = await archive.find(id);
  if (entry === undefined || entry.request.tenant !== tenant) return { kind: 'refused', code: 'request-unknown' };
  const { answer } = entry;
  // It is seen a moment before its request has ended.
  if (answer === undefined) return { kind: 'refused', code: 'not-finished' };
  if (answer.kind !== 'made' || answer.clip === undefined) return { kind: 'refused', code: 'request-unknown' };
  const { code, clip } = answer;
  try {
    const address = await clips.link(clip.key, LINK_MS);
    // A link that is cut leads nowhere.
    const isWhole = address !== undefined && address.length <= lengthMax;
    return isWhole ? { kind: 'link', address, code } : { kind: 'no-link', code };
  } catch (error) {
    log.warn('clip-not-linked', { id }, error);
    return { kind: 'refused', code: 'clip-store' };
  }
}
