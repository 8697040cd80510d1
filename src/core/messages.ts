import type { DescribedAnswer, MadeAnswer, Receipt } from './answer.ts';
import { shorten } from './command-text.ts';
import type { RefusalCode, RefusalDetails } from './failure.ts';
import { discordMessages } from './messages/discord.ts';
import { editMessages } from './messages/edits.ts';
import { operatorMessages } from './messages/operator.ts';
import { expectedMessages, particularMessages, refusalMessages } from './messages/refusals.ts';
import { resultMessages } from './messages/results.ts';
import { shellMessages } from './messages/shell.ts';
import { clipMessages } from './messages/clips.ts';
import { slackMessages } from './messages/slack.ts';
import { threadMessages } from './messages/threads.ts';
import { fill, type Placeholders, type Text } from './messages/text.ts';
import { formatMicros } from './money.ts';
import type { Language, Substituted, Task } from './request.ts';

const table = {
  ...clipMessages,
  ...editMessages,
  ...resultMessages,
  ...threadMessages,
  ...discordMessages,
  ...shellMessages,
  ...slackMessages,
  ...operatorMessages,
};
type Table = typeof table;
export type MessageKey = keyof Table;
type Names<Key extends MessageKey> = Placeholders<Table[Key]['en']>;
type Values<Key extends MessageKey> = [Names<Key>] extends [never] ? [] : [values: Readonly<Record<Names<Key>, string | number>>];

/** The sentence for a person, in their language. The compiler asks for exactly the values the sentence has places for. */
export function say<Key extends MessageKey>(language: Language, key: Key, ...values: Values<Key>): string {
  return fill(table[key][language], values[0] ?? {});
}

/** Why not, and what to do now. */
export function sayRefusal(language: Language, code: RefusalCode, details: RefusalDetails): string {
  const expected = Object.entries(expectedMessages).find(([name]) => name === details['expected'])?.[1][language];
  return fill(textOf(code, details)[language], expected === undefined ? details : { ...details, expected: fill(expected, details) });
}

function textOf(code: RefusalCode, { of }: RefusalDetails): Text {
  const particular: Readonly<Record<string, Text>> =
    code === 'prompt-empty' || code === 'model-unavailable' ? particularMessages[code] : {};
  return Object.entries(particular).find(([name]) => name === of)?.[1] ?? refusalMessages[code];
}

/** What is said at once. */
export function sayReceipt(language: Language, receipt: Receipt): string {
  if (receipt.kind === 'refused') return sayRefusal(language, receipt.code, receipt.details);
  if (receipt.kind === 'unconfirmed') return say(language, 'price-unconfirmed', { price: sayPrice(language, receipt) });
  const seconds = Math.max(1, Math.round(receipt.estimateMs / 1000));
  if (receipt.ahead === 0) return say(language, 'receipt-next', { seconds });
  return say(language, 'receipt-waiting', { ahead: receipt.ahead, seconds });
}

type Unconfirmed = Extract<Receipt, { kind: 'unconfirmed' }>;

/** What has to be agreed to, as it stands in a sentence. */
export function sayPrice(language: Language, { priceMicros, isAtMost }: Unconfirmed): string {
  const price = formatMicros(priceMicros, language);
  return isAtMost === true ? say(language, 'price-at-most', { price }) : price;
}

/** The yes to it: 24 characters at most, which is all that Slack has room for below a form. */
export function sayPriceYes(language: Language, { priceMicros, isAtMost }: Unconfirmed): string {
  const price = formatMicros(priceMicros, language);
  return say(language, isAtMost === true ? 'price-yes-at-most' : 'price-yes', { price });
}

/** What was done to a picture, where the words alone would not say it; undefined where they do. */
export function sayEdit(language: Language, task: Task, prompt: string): string | undefined {
  const [what, words] = ['what' in task ? shorten(task.what ?? '', EDITED_MAX) : '', shorten(prompt, EDITED_MAX)];
  if (task.kind === 'replace' || task.kind === 'recolor') return say(language, `edited-${task.kind}`, { what, words });
  if (task.kind === 'erase') return what === '' ? say(language, 'edited-erase-marked') : say(language, 'edited-erase', { what });
  if (task.kind === 'remove-background') return say(language, 'edited-remove-background');
  const isSilent = task.kind === 'outpaint' || task.kind === 'restyle' || task.kind === 'upscale';
  return isSilent && prompt === '' ? say(language, `edited-${task.kind}`) : undefined;
}

/** The same where somebody else has found out what was meant: whoever asked is told what their words were taken for. */
export function sayUnderstood(language: Language, task: Task, prompt: string): string | undefined {
  switch (task.kind) {
    case 'transform':
    case 'inpaint':
    case 'outpaint':
    case 'restyle':
    case 'sketch':
    case 'structure':
    case 'upscale':
      return [say(language, `edited-${task.kind}`), ...(prompt === '' ? [] : [shorten(prompt, EDITED_MAX)])].join(': ');
    default:
      return sayEdit(language, task, prompt);
  }
}

/** Two names and a few words are a title of sixty characters. */
const EDITED_MAX = 20;

/** A picture in words: what is to be seen, and what to ask for to get one like it. */
export function sayDescribed(language: Language, { altText, prompts }: DescribedAnswer): string {
  return [altText, '', say(language, 'described-prompts'), ...prompts.map((prompt, index) => `${index + 1}. ${prompt}`)].join('\n');
}

/** What has to be said beside a result: who made it in whose place, that Claude could not help, and what kind of picture it is. */
export function sayRemarks(language: Language, { model, substituted, degraded, sandbox, clip }: MadeAnswer): readonly string[] {
  const kind = clip === undefined ? (['sandbox-picture', 'ai-generated'] as const) : (['sandbox-clip', 'ai-generated-clip'] as const);
  return [
    ...(substituted === undefined ? [] : [saySubstituted(language, model.label, substituted)]),
    ...(degraded ? [say(language, 'enhanced-by-rules')] : []),
    say(language, sandbox ? kind[0] : kind[1]),
  ];
}

/** Why another model made it than the one that was named. `made`: the label of the one that did. */
function saySubstituted(language: Language, made: string, { model: wished, because, on }: Substituted): string {
  if (because === 'retired' && on !== undefined) return say(language, 'substituted-ended', { made, wished, on });
  return say(language, `substituted-${because}`, { made, wished });
}
