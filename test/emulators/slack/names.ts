import type { World } from './world.ts';

/** A text as people read it: mentions by name, entities as the characters that they stand for. */
export const asRead = (world: World, text: string): string =>
  text
    .replaceAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, (_whole, id: string) => `@${world.nameOf(id)}`)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
