import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#src/core/failure.ts';
import { openStudio, type Studio } from '#test/workers/studio.ts';

const PICTURE_MICROS = 80_000;
const PROMPT_MICROS = 300;
const never = new Promise<never>(() => {});

let studio: Studio;
beforeEach(async () => {
  studio = await openStudio();
});
afterEach(async () => studio.close());

/** Runs a job as far as the store, where its worker dies: before the bytes are kept, or after it. */
async function dieAtTheStore(id: string, when: 'before' | 'after'): Promise<void> {
  const { put } = studio.outside;
  const { promise: dead, resolve: die } = Promise.withResolvers<void>();
  studio.outside.put = async (media) => {
    if (when === 'after') await put(media);
    die();
    return never;
  };
  void studio.run(id);
  await dead;
  studio.outside.put = put;
}

describe('a worker that dies at the store', () => {
  it('after the bytes were kept leaves a picture: whoever comes next finds it, and pays nobody', async () => {
    const id = await studio.accept();
    await dieAtTheStore(id, 'after');
    expect(await studio.run(id)).toEqual({ kind: 'done' });
    expect(studio.painted).toHaveLength(1);
    expect(studio.shown).toMatchObject([{ kind: 'made', costMicros: PICTURE_MICROS + PROMPT_MICROS }]);
  });

  it('before it leaves none: it is painted once more, and both calls are booked', async () => {
    const id = await studio.accept();
    await dieAtTheStore(id, 'before');
    expect(await studio.run(id)).toEqual({ kind: 'done' });
    expect(studio.painted).toHaveLength(2);
    expect(studio.shown).toMatchObject([{ kind: 'made', costMicros: 2 * PICTURE_MICROS + PROMPT_MICROS }]);
  });

  it('twice before it is not let near the model a third time, and the books have two calls', async () => {
    const id = await studio.accept();
    await dieAtTheStore(id, 'before');
    await dieAtTheStore(id, 'before');
    expect(await studio.run(id)).toEqual({ kind: 'done' });
    expect(studio.painted).toHaveLength(2);
    expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'interrupted-twice' }]);
    expect(await studio.spentMicros()).toBe(2 * PICTURE_MICROS + PROMPT_MICROS);
  });

  it('once, and then at the model, is booked for both', async () => {
    const id = await studio.accept();
    await dieAtTheStore(id, 'before');
    const { generate } = studio.outside;
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    studio.outside.generate = async () => {
      ask();
      return never;
    };
    void studio.run(id);
    await asked;
    studio.outside.generate = generate;
    await studio.run(id);
    expect(await studio.spentMicros()).toBe(2 * PICTURE_MICROS + PROMPT_MICROS);
  });
});

it('a picture for which there was no room stays a no, and is paid for once, however often the job comes back', async () => {
  const { put, deliver } = studio.outside;
  studio.outside.put = async () => Promise.reject(new Refusal('storage-full'));
  studio.outside.deliver = async (_request, news) => (news.kind === 'answer' ? Promise.reject(new Error('platform away')) : undefined);
  const id = await studio.accept();
  await expect(studio.run(id)).rejects.toThrow('platform away');
  Object.assign(studio.outside, { put, deliver });
  await studio.run(id);
  expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'storage-full', costMicros: PICTURE_MICROS + PROMPT_MICROS }]);
  expect(studio.painted).toHaveLength(1);
});
