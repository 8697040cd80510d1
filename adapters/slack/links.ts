import { freshLink, type FreshLink } from '#src/core/clip-link.ts';
import { say, sayRefusal } from '#src/core/messages.ts';
import type { Language } from '#src/core/request.ts';
import { tenantOf } from './address.ts';
import { languageFor, type Reception } from './asking.ts';
import type { Message } from './blocks.ts';
import type { Identity } from './client.ts';
import { SLACK_LIMITS, TEXT_LIMITS } from './config.ts';
import type { PressArrival } from './parse.ts';
import { renderSentence, renderWords } from './render.ts';
import { escapeText } from './text.ts';
import { whisperTo } from './whispers.ts';

/** The words beside the link. */
const WORDS_LENGTH = 200;

/** The link below a clip has ended, or will: whoever presses gets another one, and nobody else does. */
export async function showNewLink({ office }: Reception, identity: Identity, press: PressArrival): Promise<void> {
  const { responseUrl, message, user, value: id } = press;
  const wish = { id, tenant: tenantOf(identity.team), withinMs: SLACK_LIMITS.linkingMs, lengthMax: TEXT_LIMITS.section - WORDS_LENGTH };
  const [fresh, language] = await Promise.all([freshLink(wish, office), languageFor(office, identity, user)]);
  await whisperTo(office, responseUrl, message?.thread)(renderFresh(fresh, language));
}

function renderFresh(fresh: FreshLink, language: Language): Message {
  if (fresh.kind === 'refused') return renderWords(sayRefusal(language, fresh.code, {}));
  if (fresh.kind === 'no-link') return renderWords(say(language, 'clip-no-link', { code: fresh.code }));
  return renderSentence(say(language, 'clip-new-link', { link: `<${escapeText(fresh.address)}|ai-${fresh.code}.mp4>` }));
}
