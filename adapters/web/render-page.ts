import { flagTable } from '#src/core/command-flags.ts';
import { pageMessages } from '#src/core/messages/page.ts';
import { resultMessages } from '#src/core/messages/results.ts';
import { fill } from '#src/core/messages/text.ts';
import type { ModelCard } from '#src/core/model.ts';
import { formatMicros } from '#src/core/money.ts';
import type { Language } from '#src/core/request.ts';
import { WEB_LIMITS } from './config.ts';

export interface PageContent {
  readonly language: Language;
  readonly cards: readonly ModelCard[];
  readonly sandbox: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => ESCAPES[mark] ?? '');

/** JSON that may stand inside a script element: no `<` is left that could end it. */
export const embedJson = (value: object): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`);

/**
 * Fills the page's file: `{{word}}` is a sentence of the language, escaped. The sentences that its scripts need travel in it as JSON.
 */
export function renderPage(template: string, { language, cards, sandbox }: PageContent): string {
  const words = wordsOf(language);
  const data = { language, words, pictureMegabytesMax: WEB_LIMITS.pictureMegabytes };
  const blocks: Readonly<Record<string, string>> = {
    language,
    'language-other': language === 'vi' ? 'en' : 'vi',
    'sandbox-hidden': sandbox ? '' : 'hidden',
    'help-flags': flagTable.map(({ name, example }) => row(example, pageMessages[`flag-${name}`][language])).join(''),
    'help-cards': cards.map((card) => row(card.id, describeCard(card, language))).join(''),
    data: embedJson(data),
  };
  return template.replaceAll(/\{\{([\w-]+)\}\}/g, (_, name: string) => blocks[name] ?? escapeHtml(words[name] ?? ''));
}

const row = (term: string, sentence: string): string => `<dt><code>${escapeHtml(term)}</code></dt><dd>${escapeHtml(sentence)}</dd>`;

function describeCard({ label, priceMicros }: ModelCard, language: Language): string {
  return `${label}, ${fill(pageMessages['help-price'][language], { price: formatMicros(priceMicros, language) })}`;
}

const wordsOf = (language: Language): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries({ ...resultMessages, ...pageMessages }).map(([key, text]) => [key, text[language]]));
