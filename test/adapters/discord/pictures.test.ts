import { describe, expect, it } from 'vitest';
import { messageSchema } from '#adapters/discord/payload.ts';
import { picturesOf, resultIn } from '#adapters/discord/pictures.ts';

const id = (number: number): string => `12345678901234567${number}`;
const url = (name: string): string => `https://cdn.discordapp.com/attachments/1/2/${name}?ex=1&is=2&hm=3`;
const message = (parts: object) => messageSchema.parse({ id: id(0), channel_id: id(1), author: { id: id(2), username: 'lan' }, ...parts });
const names = (parts: object): string[] => picturesOf(message(parts)).map((picture) => /\/([^/?]+)(?:\?|$)/.exec(picture.url)?.[1] ?? '');

describe('the pictures of a message', () => {
  it('are its attachments that are pictures', () => {
    const attachments = [
      { id: id(3), filename: 'a.png', url: url('a.png'), content_type: 'image/png' },
      { id: id(4), filename: 'b.mp4', url: url('b.mp4'), content_type: 'video/mp4' },
      { id: id(5), filename: 'c.HEIC', url: url('c.HEIC') },
    ];
    expect(names({ attachments })).toEqual(['a.png', 'c.HEIC']);
  });

  it('are in galleries and thumbnails, however they nest', () => {
    const gallery = { type: 12, items: [{ media: { url: url('a.png') } }, { media: { url: url('b.mp4'), content_type: 'video/mp4' } }] };
    const section = { type: 9, components: [{ type: 10, content: 'hi' }], accessory: { type: 11, media: { url: url('c.png') } } };
    expect(names({ components: [{ type: 17, components: [gallery, section] }] })).toEqual(['a.png', 'c.png']);
  });

  it('are in embeds, as the copy that Discord keeps when the original is elsewhere', () => {
    const proxied = { url: 'https://example.org/x.png', proxy_url: 'https://media.discordapp.net/attachments/1/2/x.png' };
    expect(names({ embeds: [{ image: { url: url('a.png') } }, { thumbnail: proxied }] })).toEqual(['a.png', 'x.png']);
  });

  it('are in what was forwarded', () => {
    const attachments = [{ id: id(3), filename: 'a.png', url: url('a.png'), content_type: 'image/png' }];
    expect(names({ message_snapshots: [{ message: { attachments } }] })).toEqual(['a.png']);
  });

  it('are each there once', () => {
    const attachments = [{ id: id(3), filename: 'a.png', url: url('a.png'), content_type: 'image/png' }];
    expect(names({ attachments, embeds: [{ image: { url: `${url('a.png')}&again=1` } }] })).toEqual(['a.png']);
  });

  it('are nothing in what makes no sense', () => {
    const strange = { components: [null, 7, { type: 12, items: 'x' }, { type: 11 }], embeds: ['x', { image: 3 }, { image: { url: 4 } }] };
    expect(names(strange)).toEqual([]);
  });
});

describe('the request of a result', () => {
  const buttons = (...ids: string[]) => ({ components: [{ type: 1, components: ids.map((one) => ({ type: 2, custom_id: one })) }] });

  it('is in its buttons', () => {
    expect(resultIn(message(buttons('hoami:again:discord-1', 'hoami:delete:discord-1')))).toBe('discord-1');
  });

  it('is not in the buttons of what waits, or of others', () => {
    expect(
      resultIn(message(buttons('hoami:cancel:discord-1', 'other:again:discord-1', 'hoami:again:../x', 'hoami:again'))),
    ).toBeUndefined();
  });
});
