import type { Answer, DescribedAnswer, MadeAnswer, Stage } from '#src/core/answer.ts';
import { cleanText, shorten } from '#src/core/command-text.ts';
import { say, sayPriceYes, sayReceipt, sayRefusal, sayRemarks } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import { formatMicros } from '#src/core/money.ts';
import type { Told } from '#src/core/platform.ts';
import { repeatsFor } from '#src/core/repeat-edits.ts';
import type { GenerationRequest, Language } from '#src/core/request.ts';
import { cancelButton, describedButtons, priceButtons, refusalButtons, resultButtons, type Row } from './buttons.ts';
import { DISCORD_LIMITS } from './config.ts';
import { plain } from './escape.ts';

/** A message as Discord's REST takes it. Mentions are closed: nobody is notified but those who are named here. */
export interface MessageBody {
  readonly content: string;
  readonly components: readonly Row[];
  readonly allowed_mentions: { readonly parse: readonly []; readonly users?: readonly string[]; readonly replied_user?: boolean };
  readonly flags?: number;
}

/** Bits of a message's flags: links in it are shown without a preview; nobody is notified; only whoever asked sees it. */
const FLAG = { plain: 4, ephemeral: 64, quiet: 4096 } as const;
const SHOWN_PROMPT = 300;
const USED_PROMPT = 900;

const CLOSED = { parse: [] } as const;

/** What was asked for, above how it stands. */
const asking = (prompt: string, status: string): string => (prompt.trim() === '' ? status : `> ${plain(prompt, SHOWN_PROMPT)}\n${status}`);

/** What is said at once: the place in line with a way out of it, the price with a yes and a no, or why not. */
export function renderReceipt({ receipt, language }: Told, prompt: string): MessageBody {
  if (receipt.kind === 'refused') return renderNotice(sayReceipt(language, receipt));
  if (receipt.kind === 'unconfirmed') {
    return {
      content: asking(prompt, sayReceipt(language, receipt)),
      components: priceButtons(language, receipt.id, sayPriceYes(language, receipt)),
      allowed_mentions: CLOSED,
      flags: FLAG.plain,
    };
  }
  return {
    content: asking(prompt, `-# ${sayReceipt(language, receipt)}`),
    components: cancelButton(language, receipt.id),
    allowed_mentions: CLOSED,
    flags: FLAG.plain,
  };
}

/** A sentence and nothing else. */
export const renderNotice = (sentence: string): MessageBody => ({ content: sentence, components: [], allowed_mentions: CLOSED });

/** The same, for the eyes of whoever asked only. */
export const whispered = (body: MessageBody): MessageBody => ({ ...body, flags: (body.flags ?? 0) | FLAG.ephemeral });
export const quietly = (body: MessageBody): MessageBody => ({ ...body, flags: (body.flags ?? 0) | FLAG.quiet });

export function renderProgress({ id, prompt, language }: GenerationRequest, stage: Stage): MessageBody {
  return {
    content: asking(prompt, `-# ${say(language, `stage-${stage}`)}`),
    components: cancelButton(language, id),
    allowed_mentions: CLOSED,
  };
}

/** How an answer is worded where it is shown. */
export interface Showing {
  /** What is shown was made lighter for it. */
  readonly lighter: boolean;
  /** The clip is not here, for it is too heavy. */
  readonly elsewhere?: { readonly link: string | undefined };
  readonly cards: readonly ModelCard[];
  /** The person knows that it is about them: alone with the bot. */
  readonly direct: boolean;
}

/** The answer to a request, as a message of its own. */
export function renderAnswer(request: GenerationRequest, answer: Answer, showing: Showing): MessageBody {
  const { id, language, requester, prompt } = request;
  const asker = showing.direct ? '' : `<@${requester.id}> `;
  const basis = { allowed_mentions: { parse: [], users: [requester.id], replied_user: false }, flags: FLAG.plain } as const;
  if (answer.kind === 'refused') {
    const sentence = sayRefusal(language, answer.code, answer.details);
    return {
      ...basis,
      content: `${asker}${asking(prompt, sentence).trimStart()}`.replace(/^(<@\d+> )> /, '$1\n> '),
      components: refusalButtons(language, id),
    };
  }
  if (answer.kind === 'described') {
    return {
      ...basis,
      content: describedIn(answer, language, asker),
      components: answerButtons(request, answer, { ...showing, isLinked: false }),
    };
  }
  const title = answer.title === '' ? prompt : answer.title;
  const lines = [
    `${asker}**${plain(title === '' ? answer.altText : title, 100)}**`,
    ...(answer.prompt === '' ? [] : [`> ${plain(answer.prompt, USED_PROMPT - (showing.elsewhere?.link ?? '').length / 2)}`]),
    ...(answer.negativePrompt === '' ? [] : [`-# ${say(language, 'label-negative')}: ${plain(answer.negativePrompt, 200)}`]),
    `-# ${factsOf(answer, language)}`,
    ...sayRemarks(language, answer).map((remark) => `-# ${remark}`),
    ...deliveryOf(answer, showing, language),
  ];
  return {
    ...basis,
    content: lines.join('\n').slice(0, DISCORD_LIMITS.contentLength),
    components: answerButtons(request, answer, { ...showing, isLinked: showing.elsewhere?.link !== undefined }),
  };
}

/** What can be done with an answer, below it. `isLinked`: the clip is not there itself, but a link that ends. */
export function answerButtons(
  { id, language }: Pick<GenerationRequest, 'id' | 'language'>,
  answer: MadeAnswer | DescribedAnswer,
  { cards, isLinked }: Pick<Showing, 'cards'> & { readonly isLinked: boolean },
): readonly Row[] {
  if (answer.kind === 'described') return describedButtons(language, id, answer.prompts.length);
  return resultButtons(language, id, repeatsFor(answer, cards), isLinked);
}

/** What the way here has made of it. */
function deliveryOf({ clip, code }: MadeAnswer, { lighter, elsewhere }: Showing, language: Language): readonly string[] {
  if (elsewhere !== undefined) {
    const { link } = elsewhere;
    return [link === undefined ? say(language, 'discord-clip-elsewhere', { code }) : say(language, 'clip-link', { link: `<${link}>` })];
  }
  if (!lighter) return [];
  return [`-# ${say(language, clip === undefined ? 'discord-lighter' : 'clip-lighter')}`];
}

/** What is to be seen, and each prompt in a box of its own, which Discord copies with one touch. */
function describedIn({ title, altText, prompts, costMicros, sandbox }: DescribedAnswer, language: Language, asker: string): string {
  const head = [`${asker}**${plain(title, 100)}**`, plain(altText, DESCRIBED_LENGTH), '', say(language, 'described-prompts')];
  const foot = [`-# ${formatMicros(costMicros, language)}`, `-# ${say(language, sandbox ? 'sandbox-words' : 'ai-generated-words')}`];
  const room = DISCORD_LIMITS.contentLength - [...head, ...foot].join('\n').length - 2;
  const each = Math.floor(room / prompts.length) - BOX_LENGTH;
  const boxes = prompts.map((prompt, index) => `**${index + 1}**\n\`\`\`\n${shorten(boxed(prompt), each)}\n\`\`\``);
  return [...head, ...boxes, ...foot].join('\n');
}

const DESCRIBED_LENGTH = 500;
/** What stands around a prompt: its number, its fences, and the ends of their lines. */
const BOX_LENGTH = 16;
/** Only a fence ends a box; nothing else in it means anything. */
const boxed = (text: string): string => cleanText(text).replaceAll('```', "'''");

function factsOf(answer: MadeAnswer, language: Language): string {
  const [shown] = answer.clip === undefined ? answer.pictures : [answer.clip];
  const seeds = seedsOf(answer);
  return [
    plain(answer.model.label, 60),
    ...(seeds === '' ? [] : [`${say(language, 'label-seed')} ${seeds}`]),
    ...(answer.clip === undefined ? [] : [say(language, 'clip-seconds', { seconds: secondsOf(answer.clip.durationMs, language) })]),
    ...(shown === undefined ? [] : [`${shown.width}×${shown.height}`]),
    formatMicros(answer.costMicros, language),
    `\`${answer.code}\``,
  ].join(' · ');
}

/** Only those that mean something: models without any say 0. */
const seedsOf = ({ pictures }: MadeAnswer): string =>
  pictures
    .map(({ seed }) => seed)
    .filter((seed) => seed > 0)
    .join(', ');

const secondsOf = (durationMs: number, language: Language): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(durationMs / 1000);

/** What a picture shows, for whoever cannot see it. */
export function altTextOf({ altText, title, pictures }: MadeAnswer, index: number): string {
  const number = pictures.length > 1 ? ` (${index + 1}/${pictures.length})` : '';
  return `${(altText === '' ? title : altText).slice(0, DISCORD_LIMITS.altTextLength - number.length)}${number}`;
}

/** What is left of a response whose answer is a message of its own. Without the words: they go when that message is deleted. */
export function renderPointer({ language }: GenerationRequest, answer: Answer, link: string | undefined): MessageBody {
  const done = answer.kind === 'refused' ? sayRefusal(language, answer.code, answer.details) : say(language, 'is-made');
  return renderNotice(link === undefined ? done : `${done}: ${link}`);
}

/** Everything that, asked for again, asks for the same. */
export function renderRecipe({ code, recipe, model }: MadeAnswer, language: Language): MessageBody {
  const lines = [
    `**${say(language, 'label-recipe')}** \`${code}\``,
    ...(recipe.prompt === '' ? [] : [`${say(language, 'label-prompt')}: ${plain(recipe.prompt, 1200)}`]),
    ...(recipe.negativePrompt === '' ? [] : [`${say(language, 'label-negative')}: ${plain(recipe.negativePrompt, 300)}`]),
    `${say(language, 'label-model')}: ${plain(model.label, 60)}`,
    ...(recipe.seed === 0 ? [] : [`${say(language, 'label-seed')}: ${recipe.seed}`]),
    `${say(language, 'label-size')}: ${recipe.aspectRatio}`,
  ];
  return renderNotice(lines.join('\n').slice(0, DISCORD_LIMITS.contentLength));
}
