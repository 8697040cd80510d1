import { describe, expect, it } from 'vitest';
import { plain } from '#adapters/discord/escape.ts';

describe('words of a person in a message of the bot', () => {
  it.each([
    ['**bold** _it_ ~~gone~~', String.raw`\*\*bold\*\* \_it\_ \~\~gone\~\~`],
    ['||hidden|| `code` ```js', String.raw`\|\|hidden\|\| \`code\` \`\`\`js`],
    ['@everyone <@123> <#1> <:a:1>', String.raw`\@everyone \<\@123\> \<\#1\> \<:a:1\>`],
    ['[free](https://evil.example)', String.raw`\[free\](https:\//evil.example)`],
    ['# title', String.raw`\# title`],
    ['- one', String.raw`\- one`],
    ['a cat (red), 12:30, 50/50 - fine', 'a cat (red), 12:30, 50/50 - fine'],
    ['back\\slash', String.raw`back\\slash`],
    ['two\nlines\u200B and a zero width', 'two lines and a zero width'],
  ])('mean what they say and nothing else: %s', (words, shown) => {
    expect(plain(words, 200)).toBe(shown);
  });

  it('are cut before they are escaped, so that no backslash is left over', () => {
    expect(plain('****', 3)).toBe(String.raw`\*\*…`);
  });
});
