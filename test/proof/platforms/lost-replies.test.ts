import { beforeAll, describe, expect, it } from 'vitest';
import { openDiscordScene } from './discord-scene.ts';
import { loseAndLook, type AfterLoss, type Loss } from './lost-replies.ts';
import { openSlackScene } from './slack-scene.ts';

const CHATS = [
  { chat: 'Slack', open: openSlackScene },
  { chat: 'Discord', open: openDiscordScene },
] as const;
const ROOMS = 20;

/** What a chat has taken and nobody heard that it has: what must not be done twice, and must not be taken for undone. */
describe.concurrent('every call that is done while its answer is lost', () => {
  for (const { chat, open } of CHATS) {
    describe(`in ${chat}`, () => {
      let results: readonly { readonly loss: Loss; readonly after: AfterLoss | undefined }[] = [];
      let violations: readonly string[] = [];
      beforeAll(async () => {
        const scene = await open(ROOMS);
        try {
          const losses = scene.losable.flatMap(({ way, call }): Loss[] => [
            { way, call, hears: 'nothing' },
            { way, call, hears: 'an error' },
          ]);
          const afters = await loseAndLook(scene, losses);
          results = losses.map((loss, index) => ({ loss, after: afters[index] }));
          violations = [...scene.violations()];
        } finally {
          await scene.close();
        }
      }, 600_000);

      it('leaves each request answered once, announced once and nothing on its way', () => {
        expect(results.length).toBeGreaterThan(10);
        for (const { loss, after } of results) {
          const words = `${loss.way}: ${loss.call}, and hears ${loss.hears}`;
          expect(after?.entry?.answer?.kind, words).toBe('made');
          expect(after?.seen, words).toEqual({ answers: [after?.answer], announcements: 1, waiting: 0 });
        }
        expect(violations).toEqual([]);
      });
    });
  }
});
