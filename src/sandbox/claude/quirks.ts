import { instructionsOf, type Envelope } from './envelope.ts';
import type { MessagesRequest } from './request.ts';

/** What a known answer is made of, as far as quirks change it. */
export interface Known {
  readonly english_prompt: string;
  readonly [member: string]: unknown;
}

type Quirk = (known: Known, envelope: Envelope, request: MessagesRequest) => Known;

/**
 * Ways of answering badly, for words in a prompt that ask for them: `sandbox-claude-` and the name. A turn that lists corrections
 * is answered well, unless the word ends in `-always`.
 */
const QUIRKS: Readonly<Record<string, Quirk>> = {
  /** Leaves the person's own words in the English prompt. */
  vietnamese: (known, { text }) => ({ ...known, english_prompt: `${known.english_prompt}, ${firstMarked(text)}` }),
  /** Forgets how many. */
  'lost-count': (known) => ({
    ...known,
    english_prompt: known.english_prompt.replace(
      /\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|pair of|couple of|\d+)\s/gi,
      'some ',
    ),
  }),
  /** Talks to the person. */
  chatty: (known) => ({ ...known, english_prompt: `Here is your prompt: ${known.english_prompt}. I will gladly change it.` }),
  /** Gives the instructions away. */
  leak: (known, _envelope, request) => ({ ...known, english_prompt: `${known.english_prompt}. ${instructionsOf(request).slice(0, 600)}` }),
};

const firstMarked = (text: string): string =>
  text.match(/[\p{L}\p{M} ]*[ăâđêôơư\u1ea0-\u1ef9][\p{L}\p{M} ]*/u)?.[0].trim() ?? 'một bức tranh đẹp';

export function misbehave(known: Known, envelope: Envelope, request: MessagesRequest): Known {
  const asked = [...envelope.text.toLowerCase().matchAll(/(?<![\p{L}\p{N}])sandbox-claude-([a-z-]+)/gu)].map(([, name = '']) => name);
  const name = asked.find((each) => Object.hasOwn(QUIRKS, each.replace(/-always$/, '')));
  if (name === undefined) return known;
  const corrected = envelope.corrections.length > 0 && !name.endsWith('-always');
  return corrected ? known : (QUIRKS[name.replace(/-always$/, '')]?.(known, envelope, request) ?? known);
}
