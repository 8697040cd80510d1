import type { Answer, MadeAnswer, Stage } from '#src/core/answer.ts';
import { say, sayDescribed, sayReceipt, sayRefusal, sayRemarks } from '#src/core/messages.ts';
import { formatMicros } from '#src/core/money.ts';
import type { Told } from '#src/core/platform.ts';
import type { GenerationRequest, Language } from '#src/core/request.ts';
import { cancelButton, refusalButtons, resultButtons, type Row } from './buttons.ts';
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

/** What is said at once: the place in line with a way out of it, or why not. */
export function renderReceipt({ receipt, language }: Told, prompt: string): MessageBody {
  if (receipt.kind === 'refused') return renderNotice(sayReceipt(language, receipt));
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
  /** Pictures were made lighter to be shown here. */
  readonly lighter: boolean;
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
  if (answer.kind === 'described')
    return {
      ...basis,
      content: `${asker}${plain(sayDescribed(language, answer), DISCORD_LIMITS.contentLength - asker.length)}`,
      components: [],
    };
  const lines = [
    `${asker}**${plain(answer.title === '' ? prompt : answer.title, 100)}**`,
    `> ${plain(answer.prompt, USED_PROMPT)}`,
    ...(answer.negativePrompt === '' ? [] : [`-# ${say(language, 'label-negative')}: ${plain(answer.negativePrompt, 200)}`]),
    `-# ${factsOf(answer, language)}`,
    ...sayRemarks(language, answer).map((remark) => `-# ${remark}`),
    ...(showing.lighter ? [`-# ${say(language, 'discord-lighter')}`] : []),
  ];
  return {
    ...basis,
    content: lines.join('\n').slice(0, DISCORD_LIMITS.contentLength),
    components: resultButtons(language, id, answer.enhancedBy !== 'nobody'),
  };
}

function factsOf(answer: MadeAnswer, language: Language): string {
  const [picture] = answer.pictures;
  const seeds = answer.pictures.map(({ seed }) => seed).join(', ');
  return [
    plain(answer.model.label, 60),
    `${say(language, 'label-seed')} ${seeds}`,
    ...(picture === undefined ? [] : [`${picture.width}×${picture.height}`]),
    formatMicros(answer.costMicros, language),
    `\`${answer.code}\``,
  ].join(' · ');
}

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
    `${say(language, 'label-prompt')}: ${plain(recipe.prompt, 1200)}`,
    ...(recipe.negativePrompt === '' ? [] : [`${say(language, 'label-negative')}: ${plain(recipe.negativePrompt, 300)}`]),
    `${say(language, 'label-model')}: ${plain(model.label, 60)}`,
    `${say(language, 'label-seed')}: ${recipe.seed}`,
    `${say(language, 'label-size')}: ${recipe.aspectRatio}`,
  ];
  return renderNotice(lines.join('\n').slice(0, DISCORD_LIMITS.contentLength));
}
