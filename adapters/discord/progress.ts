import type { Stage } from '#src/core/answer.ts';
import { TryLater } from '#src/core/failure.ts';
import type { Page } from '#src/core/ledger.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { z } from 'zod';
import { addressOf } from './address.ts';
import type { DiscordApi } from './client.ts';
import { DISCORD_LIMITS } from './config.ts';
import type { Notes } from '#src/core/notes.ts';
import { renderProgress } from './render.ts';
import { statusOf } from './status.ts';

const editedSchema = z.strictObject({ at: z.int() });

interface Progressing {
  readonly api: DiscordApi;
  readonly notes: Notes;
  readonly now: () => number;
}

/**
 * Shows how far a request is: a few edits at most, since Discord counts them. It is a courtesy, so a limit or an outage of Discord's only leaves
 * it out; that the worker has lost the job ends it.
 */
export async function showProgress(request: GenerationRequest, stage: Stage, page: Page, room: Progressing): Promise<void> {
  const at = room.now();
  const last = editedSchema.safeParse(await page.read('edited')).data?.at ?? request.acceptedAt;
  if (stage !== 'painting' && at - last < DISCORD_LIMITS.progressMs) return;
  await page.write('edited', { at });
  try {
    const status = await statusOf(request, addressOf(request), room);
    await status?.change(renderProgress(request, stage));
  } catch (error) {
    if (!(error instanceof TryLater)) throw error;
  }
}
