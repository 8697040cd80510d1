import { afterEach, beforeEach } from 'vitest';
import { openDiscordBench, type DiscordBench } from './bench.ts';

/** A bench of its own for each test of a file, with none of Discord's rate limits in the way. */
export function useDiscordBench(...options: Parameters<typeof openDiscordBench>): DiscordBench {
  let bench: DiscordBench;
  beforeEach(async () => {
    bench = await openDiscordBench(...options);
    bench.discord.limits.lift();
  });
  afterEach(async () => {
    await bench.close();
  });
  return {
    get discord() {
      return bench.discord;
    },
    get ledger() {
      return bench.ledger;
    },
    get notices() {
      return bench.notices;
    },
    get logged() {
      return bench.logged;
    },
    get desk() {
      return bench.desk;
    },
    create: (...wishes) => bench.create(...wishes),
    listen: async (...wishes) => bench.listen(...wishes),
    request: async (id) => bench.request(id),
    deliver: async (...delivered) => bench.deliver(...delivered),
    close: async () => bench.close(),
  };
}
