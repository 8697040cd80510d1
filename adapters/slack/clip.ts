import { z } from 'zod';
import type { MadeAnswer } from '#src/core/answer.ts';
import { LINK_MS } from '#src/core/clip-link.ts';
import type { ClipKey, ClipShelf } from '#src/core/clips.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Media } from '#src/core/media.ts';
import { say } from '#src/core/messages.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { actions, button, marked, plain, section, type Block } from './blocks.ts';
import { SLACK_LIMITS, TEXT_LIMITS } from './config.ts';
import { DEAD_TOKEN, isPlaceClosed, isThreadGone } from './errors.ts';
import type { Place } from './posts.ts';
import { ACTIONS, renderResult } from './render.ts';
import { escapeText } from './text.ts';
import { picturePieces, titleOf, uploadFiles, type Parcel, type Piece, type Uploaded, type Uploading } from './upload.ts';

/** How a clip is shown: as it was made, lighter, as its poster beside a link or a sentence, or in words alone. Each comes after Slack's no to the one before. */
const waySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('whole') }),
  z.strictObject({ kind: z.literal('lighter'), key: z.string(), error: z.string() }),
  z.strictObject({ kind: z.literal('poster'), error: z.string() }),
  z.strictObject({ kind: z.literal('words'), error: z.string() }),
]);
type Way = z.infer<typeof waySchema>;

/** A clip on its way to one place. */
export interface ClipParcel extends Pick<Parcel, 'id' | 'page'> {
  readonly request: GenerationRequest;
  readonly answer: MadeAnswer;
  readonly clip: NonNullable<MadeAnswer['clip']>;
  readonly shelf: ClipShelf | undefined;
  readonly desk: Uploading & { readonly cards: Parameters<typeof renderResult>[2] };
  readonly notes: readonly Block[];
  open(key: string): Promise<Media>;
  /** Posts these blocks once, where no file can be. */
  post(blocks: readonly Block[]): Promise<Uploaded>;
}

/** As many as there are ways: nothing here goes round for ever. */
const WAYS_MAX = 4;

/**
 * Shows a clip once, in the best way that Slack takes. The way stands on the page before it is tried, so that whoever goes on goes on with it.
 * Throws TryLater.
 */
export async function showClip(parcel: ClipParcel, place: Place): Promise<Uploaded> {
  const { page } = parcel;
  let way: Way = waySchema.safeParse(await page.read('way')).data ?? { kind: 'whole' };
  for (let tried = 1; tried < WAYS_MAX; tried += 1) {
    const shown = await showAs(way, parcel, place);
    if (shown.kind === 'shown' || isNoFault(shown.error) || way.kind === 'words') return shown;
    way = await nextWay(way, shown.error, parcel);
    parcel.desk.log.warn('slack-clip-refused', { id: parcel.id, error: shown.error, next: way.kind });
    // The files of the earlier way belong to no other one.
    await page.write('files', null);
    await page.write('way', { ...way });
  }
  return showAs(way, parcel, place);
}

/** Another way changes nothing about the place, or about the token. */
const isNoFault = (error: string): boolean => DEAD_TOKEN.includes(error) || isPlaceClosed(error) || isThreadGone(error);

async function nextWay(way: Way, error: string, { clip, shelf }: ClipParcel): Promise<Way> {
  if (way.kind === 'poster') return { kind: 'words', error: way.error };
  if (way.kind !== 'whole' || error === CLIP_GONE) return { kind: 'poster', error };
  const key = await shelf?.lighter(clip.key, SLACK_LIMITS.clipLightBytes).catch(goneOrThrow);
  return key === undefined || key === clip.key ? { kind: 'poster', error } : { kind: 'lighter', key, error };
}

const CLIP_GONE = 'clip_gone';

function goneOrThrow(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}

async function showAs(way: Way, parcel: ClipParcel, place: Place): Promise<Uploaded> {
  const { id, page, request, answer, clip, shelf, desk, notes, open } = parcel;
  const { language } = request;
  const blocksWith = (...more: readonly Block[]) => renderResult(request, answer, desk.cards, [...more, ...notes]);
  const upload = async (pieces: readonly Piece[], blocks: readonly Block[], sharingMs: number): Promise<Uploaded> =>
    uploadFiles({ id, title: titleOf(answer), pieces, blocks, page, sharingMs }, place, desk);
  switch (way.kind) {
    case 'whole':
    case 'lighter': {
      if (shelf === undefined) return { kind: 'refused', error: CLIP_GONE };
      const remarks = way.kind === 'whole' ? [] : [section(plain(say(language, 'clip-lighter'), TEXT_LIMITS.section))];
      const key = way.kind === 'whole' ? clip.key : way.key;
      return upload([clipPiece(answer, shelf, key)], blocksWith(...remarks), SLACK_LIMITS.clipSharingMs).catch(refusedIfGone);
    }
    case 'poster':
      return upload(picturePieces(answer, open), blocksWith(...(await whereToWatch(way.error, parcel))), SLACK_LIMITS.sharingMs);
    case 'words':
      return parcel.post(blocksWith(...(await whereToWatch(way.error, parcel))));
  }
}

const clipPiece = ({ code }: MadeAnswer, shelf: ClipShelf, key: ClipKey): Piece => ({
  filename: `ai-${code}.mp4`,
  open: async () => shelf.open(key),
});

function refusedIfGone(error: unknown): Uploaded {
  if (error instanceof Refusal && (error.code === 'clip-gone' || error.code === 'clip-store')) return { kind: 'refused', error: CLIP_GONE };
  throw error;
}

/** A link that anybody can open, where the store has such links, and what gets another one when it has ended; else where the clip is kept. */
async function whereToWatch(error: string, { request, answer, clip, shelf }: ClipParcel): Promise<readonly Block[]> {
  const { language } = request;
  const address = error === CLIP_GONE ? undefined : await shelf?.link(clip.key, LINK_MS);
  const link = address === undefined ? '' : `<${escapeText(address)}|ai-${answer.code}.mp4>`;
  const sentence = say(language, 'clip-link', { link });
  // A link that is cut leads nowhere.
  if (link !== '' && sentence.length <= TEXT_LIMITS.section) {
    return [section(marked(sentence)), actions(button(ACTIONS.newLink, say(language, 'button-new-link'), request.id))];
  }
  return [section(plain(say(language, 'slack-clip-not-shown', { reason: error, code: answer.code }), TEXT_LIMITS.section))];
}
