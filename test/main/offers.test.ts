import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { News } from '#src/core/answer.ts';
import { createModelWatch, type ModelWatch } from '#src/core/model-watch.ts';
import { parseConfig, type Config } from '#src/config.ts';
import { openStore, platformsFor, type Store } from '#src/main/parts.ts';
import { createOpened, type Opened } from '#src/main/run.ts';
import { createPage, PNG } from '#test/contracts/platform.ts';
import { rayCard } from '#test/core/film-cards.ts';
import { deskOf } from '#test/adapters/desk.ts';
import { SOCKET_MANIFEST } from '#test/adapters/slack/manifests.ts';
import { openDiscordEmulator, type DiscordEmulator } from '#test/emulators/discord/emulator.ts';
import { openSlackEmulator, type SlackEmulator } from '#test/emulators/slack/emulator.ts';
import { asked, made } from '#test/ledger/asked.ts';
import { createMemoryLog } from '#test/queue/rooms.ts';
import { specs } from '#workers/models/catalogue.ts';

const ANIMATE = 'Cho chuyển động';

/** The product as it stands in front of its chats, and models of which the last one that makes clips can end. */
describe('what is offered below a result', () => {
  let directory: string;
  let discord: DiscordEmulator;
  let slack: SlackEmulator;
  let opened: Opened;
  let config: Config;
  let store: Store;
  let models: ModelWatch;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hoami-offers-'));
    discord = await openDiscordEmulator({ warm: true });
    slack = await openSlackEmulator({ manifest: SOCKET_MANIFEST, processingDelayMs: 0 });
    const log = createMemoryLog();
    opened = createOpened(log);
    const environment = {
      PORT: '0',
      HOAMI_SANDBOX: 'on',
      HOAMI_DATA_DIR: directory,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken(),
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    };
    const parsed = parseConfig(environment, directory);
    if ('kind' in parsed) throw new Error(parsed.text);
    config = parsed;
    store = await openStore(config, opened);
    models = createModelWatch([rayCard, ...specs.map(({ card }) => card)], log);
  });
  afterEach(async () => {
    await opened.close();
    await discord.close();
    await slack.close();
    await rm(directory, { recursive: true });
  });

  /** The service says that the model is no more. */
  const retire = async (): Promise<void> =>
    models.refresh(
      { read: async ({ id }) => (id === rayCard.id ? { status: 'retired', on: '2026-11-20' } : undefined) },
      AbortSignal.timeout(5000),
    );

  it('is a clip on every platform, and is none once no living model makes any, without a restart', async () => {
    const platforms = await platformsFor(store, { kind: 'sandbox', why: 'asked' }, config, opened, { models });
    const [web] = platforms.all;
    if (web === undefined) throw new Error('there is no page');
    opened.defer(await web.listen(deskOf(async () => Promise.reject(new Error('nobody asks')))), 'first');
    const guild = discord.guild('Studio');
    const art = guild.channel('art');
    const general = slack.channel('general');
    const threads = {
      discord: {
        platform: 'discord',
        address: { applicationId: discord.applicationId, guildId: art.guildId, channelId: art.id, canPost: true },
      },
      slack: { platform: 'slack', address: { team: slack.team().id, channel: general.id } },
    };
    const news: News = { kind: 'answer', answer: made(), open: async () => ({ bytes: PNG, type: 'image/png' }) };

    const shown = async (name: string) => {
      for (const [platform, thread] of Object.entries(threads)) {
        const request = asked(`${platform}-${name}`, {
          thread,
          requester: { id: platform === 'slack' ? slack.person('lan').id : discord.person('Lan').id },
        });
        await platforms.all.find((one) => one.name === platform)?.deliver(request, news, createPage());
      }
      const id = `web-${name}`;
      const request = asked(id, { thread: { platform: 'web', address: null, room: 'web-general' }, tenant: 'local' });
      await store.ledger.accept(request, 0);
      await (await store.ledger.open(id))?.close(made());
      const page = await fetch(new URL(`/api/requests/${id}`, platforms.pageUrl()));
      return {
        discord: art
          .messages()
          .at(-1)
          ?.buttons.map(({ label }) => label)
          .includes(ANIMATE),
        slack: JSON.stringify(slack.parts.messages.all().at(-1)).includes(ANIMATE),
        web: (await page.text()).includes('"animate"'),
      };
    };

    expect(await shown('first')).toEqual({ discord: true, slack: true, web: true });
    await retire();
    expect(await shown('second')).toEqual({ discord: false, slack: false, web: false });
  });
});
