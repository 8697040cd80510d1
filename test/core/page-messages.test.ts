import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { suggestedFlags } from '#adapters/web/commands.ts';
import { clipMessages } from '#src/core/messages/clips.ts';
import { galleryMessages } from '#src/core/messages/gallery.ts';
import { pageMessages } from '#src/core/messages/page.ts';
import { resultMessages } from '#src/core/messages/results.ts';
import { threadMessages } from '#src/core/messages/threads.ts';

const PAGE = join(import.meta.dirname, '../../adapters/web/page');
const files = readdirSync(PAGE).map((name) => [name, readFileSync(join(PAGE, name), 'utf8')] as const);
const places = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();

it('both languages say the same, with the same places for values', () => {
  for (const { vi, en } of Object.values({ ...pageMessages, ...galleryMessages })) expect(places(vi)).toEqual(places(en));
});

it('every flag of the table is explained', () => {
  expect(suggestedFlags.map(({ name }) => `flag-${name}`).filter((key) => !(key in pageMessages))).toEqual([]);
});

it('every sentence that the page names exists', () => {
  const blocks = ['data', 'language', 'language-other', 'sandbox-hidden', 'sign-out-hidden', 'person-name', 'path', 'preloads'];
  const known = { ...clipMessages, ...pageMessages, ...galleryMessages, ...resultMessages, ...threadMessages };
  const named = files.flatMap(([, text]) =>
    [...text.matchAll(/\{\{([\w-]+)\}\}|word\('([\w-]+)'/g)].map(([, place, word]) => place ?? word ?? ''),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !blocks.includes(name) && !(name in known))).toEqual([]);
});
