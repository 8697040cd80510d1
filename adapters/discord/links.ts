import { freshLink, type FreshLink } from '#src/core/clip-link.ts';
import { say, sayRefusal } from '#src/core/messages.ts';
import type { Language } from '#src/core/request.ts';
import { whisper } from './callback.ts';
import { DISCORD_LIMITS } from './config.ts';
import type { Press } from './presses.ts';
import type { InteractionRoom } from './room.ts';

/** Of the three seconds, what is left when it was looked up whose request it is. */
const LINKING_MS = 1400;
/** The words beside the link. */
const WORDS_LENGTH = 200;

/** The link below a clip has ended, or will: whoever presses gets another one, and nobody else does. */
export async function showNewLink({ id, scene, language, respond }: Press, room: InteractionRoom): Promise<void> {
  const wish = { id, tenant: scene.tenant, withinMs: LINKING_MS, lengthMax: DISCORD_LIMITS.contentLength - WORDS_LENGTH };
  const fresh = await freshLink(wish, room);
  return respond(whisper(sentenceFor(fresh, language)));
}

function sentenceFor(fresh: FreshLink, language: Language): string {
  if (fresh.kind === 'refused') return sayRefusal(language, fresh.code, {});
  if (fresh.kind === 'no-link') return say(language, 'clip-no-link', { code: fresh.code });
  return say(language, 'clip-new-link', { link: `<${fresh.address}>` });
}

/** Whether the message shows a link in place of the clip: it is the last thing in it. */
export const isLinked = ({ interaction }: Press): boolean => /<https?:\/\/\S+>$/.test(interaction.message.content);
