import type { Receipt } from '#src/core/answer.ts';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Media } from '#src/core/media.ts';
import { say, sayPrice, sayReceipt } from '#src/core/messages.ts';
import type { Told } from '#src/core/platform.ts';
import type { ImageRef, Language } from '#src/core/request.ts';
import type { ExitCode, ShellOptions, ShellRoom } from './client.ts';
import { readUpload } from './files.ts';
import type { Asking } from './parse.ts';
import { keepShellImage, letShellImagesGo } from './platform.ts';
import type { Trouble } from './render.ts';
import { wishOf } from './wish.ts';

/** What came of asking: it was taken, or why not. */
export type Asked =
  | { readonly kind: 'asked'; readonly id: string; readonly language: Language; readonly room: ShellRoom }
  | { readonly kind: 'no'; readonly exitCode: ExitCode; readonly trouble: Trouble };

type Unconfirmed = Extract<Receipt, { kind: 'unconfirmed' }>;

const TENANT = 'local';
/** How long it is looked for what may have been taken. */
const LOOK_MS = 3000;

const no = (exitCode: ExitCode, trouble: Trouble): Asked => ({ kind: 'no', exitCode, trouble });

/**
 * Reads the pictures, opens the desk, and asks: also whoever sits there, when it is dear. Nothing that was kept for what is not taken stays, where that
 * is certain. Throws the Refusals of pictures and of `wishOf`.
 */
export async function askFor(command: Asking, guess: Language, id: string, options: ShellOptions): Promise<Asked> {
  const { asked, roles } = wishOf(command);
  const uploads: Media[] = [];
  for (const role of roles) {
    const upload = await readUpload(options.directory, command.files[role] ?? '');
    if ('kind' in upload) return no(2, { code: 'file-unreadable', message: say(guess, 'shell-file-unreadable', { file: upload.file }) });
    uploads.push(upload);
  }
  const room = await options.open();
  if ('code' in room) return no(2, room);
  const images: ImageRef[] = [];
  for (const upload of uploads) images.push(await keepShellImage(id, upload, room.blobs));
  const { person, locale } = options;
  const told = await room.desk.ask({
    id,
    ...asked,
    options: {},
    images,
    ...(command.isConfirmed ? { isConfirmed: true } : {}),
    thread: { platform: 'cli', address: null },
    requester: { id: person },
    tenant: TENANT,
    locale,
  });
  const agreed = told.receipt.kind === 'unconfirmed' ? await agree(told.receipt, told, command, room, options) : told;
  if ('receipt' in agreed && agreed.receipt.kind === 'accepted') return { kind: 'asked', id, language: agreed.language, room };
  // The answer to a commit may be lost: what was taken after all is followed, and needs its pictures; so may what nobody can tell.
  const isOpen = 'receipt' in agreed && agreed.receipt.kind === 'refused' && agreed.receipt.code === 'ledger-unavailable';
  if (isOpen && (await wasTaken(id, room))) return { kind: 'asked', id, language: agreed.language, room };
  if (!isOpen) await letShellImagesGo(images, room.blobs);
  if (!('receipt' in agreed)) return agreed;
  const { receipt, language } = agreed;
  const code = receipt.kind === 'refused' ? receipt.code : 'price-unconfirmed';
  return no(2, { code, message: sayReceipt(language, receipt) });
}

async function wasTaken(id: string, { archive }: ShellRoom): Promise<boolean> {
  const found = await withinDeadline(archive.find(id), LOOK_MS);
  return found.kind === 'done' && found.value !== undefined;
}

/** Asks whoever sits at the terminal; a program is told what to say the next time. */
async function agree(
  receipt: Unconfirmed,
  { language }: Told,
  { json }: Asking,
  { desk }: ShellRoom,
  { question, person }: ShellOptions,
): Promise<Told | Asked> {
  const { id, priceMicros } = receipt;
  const price = sayPrice(language, receipt);
  if (json || question === undefined)
    return no(2, { code: 'price-unconfirmed', message: say(language, 'shell-price', { price }), priceMicros });
  const isAgreed = await question(say(language, 'shell-price-question', { price }));
  const actor = { tenant: TENANT, requesterId: person, isAdmin: false };
  if (isAgreed) return { ...(await desk.confirm({ id, actor })), language };
  await desk.cancel(id, actor);
  return no(1, { code: 'price-declined', message: say(language, 'is-declined') });
}
