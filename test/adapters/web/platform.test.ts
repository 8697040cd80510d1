import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createWebPlatform } from '#adapters/web/platform.ts';
import type { Answer, News } from '#src/core/answer.ts';
import { Refusal } from '#src/core/failure.ts';
import type { AskFunction, Stop } from '#src/core/platform.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { keepUpload } from '#src/core/uploads.ts';
import { createPage, describePlatform, PNG, type Said } from '#test/contracts/platform.ts';
import { asked, made, REFUSED } from '#test/ledger/asked.ts';
import { createRoom } from './room.ts';
import { deskOf, heldBy } from '../desk.ts';

const toldSchema = z.object({ sentence: z.string() });
const viewSchema = z.object({ state: z.string() });

/** A browser's id for a command: the same for the same key. */
function idFor(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `web-${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function formOf({ key, text, picture }: Said): FormData {
  const form = new FormData();
  form.set('id', idFor(key));
  form.set('text', text);
  if (picture !== undefined) form.set('picture', new File([Uint8Array.from(picture)], 'boat.png', { type: 'image/png' }));
  return form;
}

describePlatform('web', () => {
  const room = createRoom();
  const stops: Stop[] = [];
  let url = 'http://127.0.0.1:1/';
  return Promise.resolve({
    create: () => {
      const platform = room.create();
      return {
        ...platform,
        listen: async (desk) => {
          const ask: AskFunction = async (command) => {
            const told = await desk.ask(command);
            if (told.receipt.kind === 'accepted') await room.ask(command);
            return told;
          };
          const stop = await platform.listen(deskOf(ask));
          url = platform.url();
          stops.push(stop);
          return stop;
        },
      };
    },
    say: async (said) => {
      const response = await fetch(new URL('/api/ask', url), { method: 'POST', body: formOf(said) });
      return toldSchema.parse(await response.json()).sentence;
    },
    seen: async (request, answer) => {
      room.finish(request.id, answer);
      const page = room.create();
      const stop = await page.listen(deskOf(room.ask));
      const response = await fetch(new URL(`/api/requests/${request.id}`, page.url()));
      await stop();
      return viewSchema.parse(await response.json()).state === answer.kind ? 1 : 0;
    },
    close: async () => {
      for (const stop of stops) await stop();
    },
  });
});

it('refuses a kept picture that is heavier than anybody may send', async () => {
  const room = createRoom();
  const upload = await keepUpload('web-1', { bytes: new Uint8Array(20 * 1024 * 1024 + 1) }, room.blobs);
  const refusal: unknown = await room.platform
    .download({ platform: 'web', source: { upload } }, AbortSignal.timeout(1000))
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ code: 'picture-too-heavy', details: { limitMegabytes: 20 } });
});

it('says that a port is taken, with the system’s own code', async () => {
  const one = createRoom();
  const stop = await one.platform.listen(deskOf(one.ask));
  const port = Number(new URL(one.platform.url()).port);
  const other = createWebPlatform({ ...one.options, port });
  await expect(other.listen(deskOf(one.ask))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await stop();
});

it('notes nothing about progress: the page sees that in the ledger, and "shown" is for the answer', async () => {
  const page = createPage();
  await createRoom().platform.deliver(asked('web-1'), { kind: 'progress', stage: 'painting' }, page);
  expect(page.facts.size).toBe(0);
});

describe('a picture that was sent', () => {
  const request = (id: string, upload: string): GenerationRequest => asked(id, { images: [{ platform: 'web', source: { upload } }] });
  const news = (answer: Answer): News => ({ kind: 'answer', answer, open: () => Promise.reject(new Error('nobody opens it')) });

  it.each([made(), REFUSED])('is removed with the answer, whichever it is, and nobody else’s of the same bytes: $kind', async (answer) => {
    const { platform, blobs } = createRoom();
    const [mine, other] = [await keepUpload('web-1', { bytes: PNG }, blobs), await keepUpload('web-2', { bytes: PNG }, blobs)];
    const page = createPage();
    await platform.deliver(request('web-1', mine), { kind: 'progress', stage: 'painting' }, page);
    expect(blobs.size()).toBe(2);
    await platform.deliver(request('web-1', mine), news(answer), page);
    await platform.deliver(request('web-1', mine), news(answer), page);
    const image = heldBy(request('web-2', other).images[0]);
    expect([blobs.size(), (await platform.download(image, AbortSignal.timeout(1000))).bytes]).toEqual([1, PNG]);
  });

  it('is left alone by a worker that has lost the job', async () => {
    const { platform, blobs } = createRoom();
    const upload = await keepUpload('web-1', { bytes: PNG }, blobs);
    const page = createPage();
    page.supersede();
    await expect(platform.deliver(request('web-1', upload), news(made()), page)).rejects.toMatchObject({ reason: 'superseded' });
    expect(blobs.size()).toBe(1);
  });

  it('is removed by the next delivery when the store was away at the first', async () => {
    const room = createRoom();
    const upload = await keepUpload('web-1', { bytes: PNG }, room.blobs);
    const page = createPage();
    const away = createWebPlatform({ ...room.options, blobs: { ...room.blobs, remove: () => Promise.reject(new Error('away')) } });
    await expect(away.deliver(request('web-1', upload), news(made()), page)).rejects.toThrow('away');
    await room.platform.deliver(request('web-1', upload), news(made()), page);
    expect(room.blobs.size()).toBe(0);
  });
});
