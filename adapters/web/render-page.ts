import { clipMessages } from '#src/core/messages/clips.ts';
import { galleryMessages } from '#src/core/messages/gallery.ts';
import { pageMessages } from '#src/core/messages/page.ts';
import { resultMessages } from '#src/core/messages/results.ts';
import { threadMessages } from '#src/core/messages/threads.ts';
import { fill } from '#src/core/messages/text.ts';
import { isLiving, type ModelCard } from '#src/core/model.ts';
import { formatMicros } from '#src/core/money.ts';
import { aspectRatioSchema, COUNT_MAX, type Language } from '#src/core/request.ts';
import { commandTable, suggestedFlags } from './commands.ts';
import { THUMBNAIL_WIDTHS, WEB_LIMITS } from './config.ts';
import type { Person } from './parse.ts';

export interface PageContent {
  readonly language: Language;
  readonly cards: readonly ModelCard[];
  readonly sandbox: boolean;
  /** Where the page is, so that changing the language stays there. */
  readonly path: string;
  /** Undefined where somebody has to sign in first. */
  readonly person: Person | undefined;
  readonly canSignOut: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => ESCAPES[mark] ?? '');

/** JSON that may stand inside a script element: no `<` is left that could end it. */
export const embedJson = (value: object): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`);

/**
 * Fills the page's file: `{{word}}` is a sentence of the language, escaped. The sentences that its scripts need travel in it as JSON.
 */
export function renderPage(template: string, content: PageContent): string {
  const { language, sandbox, path, person, canSignOut } = content;
  const words = wordsOf(language);
  const blocks: Readonly<Record<string, string>> = {
    language,
    path: escapeHtml(path),
    'language-other': language === 'vi' ? 'en' : 'vi',
    'sandbox-hidden': sandbox ? '' : 'hidden',
    'sign-out-hidden': canSignOut ? '' : 'hidden',
    'person-name': escapeHtml(person?.name ?? ''),
    data: embedJson(dataOf(content, words)),
  };
  return template.replaceAll(/\{\{([\w-]+)\}\}/g, (_, name: string) => blocks[name] ?? escapeHtml(words[name] ?? ''));
}

/** What the page's scripts know of the product without asking. */
function dataOf({ language, cards, person }: PageContent, words: Readonly<Record<string, string>>): object {
  if (person === undefined) return { language, words };
  const models = cards.filter(isLiving);
  return {
    language,
    words,
    pictureMegabytesMax: WEB_LIMITS.pictureMegabytes,
    channelNameLength: WEB_LIMITS.channelNameLength,
    widths: THUMBNAIL_WIDTHS,
    commands: commandTable.map(({ name, aliases }) => ({ name, aliases, sentence: pageMessages[`command-${name}`][language] })),
    flags: suggestedFlags.map(({ name, aliases, value, example, commands }) => ({
      name,
      aliases,
      value,
      example,
      commands,
      sentence: pageMessages[`flag-${name}`][language],
    })),
    models: models.map((card) => ({ id: card.id, label: card.label, tasks: card.tasks, sentence: describeCard(card, language) })),
    ratios: aspectRatioSchema.options,
    styles: [...new Set(models.flatMap(({ styles }) => styles))],
    countMax: COUNT_MAX,
    durations: lengthsOf(models),
    resolutions: [...new Set(models.flatMap(({ filming }) => filming?.resolutions ?? []))],
  };
}

/** `5s`, `9s`: every length that some model has, the shortest first. */
function lengthsOf(models: readonly ModelCard[]): readonly string[] {
  const seconds = new Set(models.flatMap(({ filming }) => filming?.durationsSeconds ?? []));
  return [...seconds].toSorted((one, other) => one - other).map((length) => `${length}s`);
}

function describeCard({ label, priceMicros, filming }: ModelCard, language: Language): string {
  const sentence = pageMessages[filming === undefined ? 'model-price' : 'model-price-clip'][language];
  return `${label}, ${fill(sentence, { price: formatMicros(priceMicros, language) })}`;
}

const wordsOf = (language: Language): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...clipMessages, ...resultMessages, ...threadMessages, ...galleryMessages, ...pageMessages }).map(([key, text]) => [
      key,
      text[language],
    ]),
  );
