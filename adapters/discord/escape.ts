import { cleanText, shorten } from '#src/core/command-text.ts';

/** Everything that means something in Discord's markdown: mentions, the two slashes that make a link, and a dash that begins a list. */
const MARKUP = /[\\*_~`|<>#@[\]]|(?<=:)\/(?=\/)|^-/g;

/** A person's words as they are, in one line, whatever Discord would have made of them. Nothing in them is a link, a mention or a spoiler. */
export function plain(text: string, length: number): string {
  return shorten(cleanText(text), length).replaceAll(MARKUP, '\\$&');
}
