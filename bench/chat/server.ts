import { openDiscordStage } from './discord.ts';
import { orderSchema } from './orders.ts';
import { createPlay } from './play.ts';
import { openSlackStage } from './slack.ts';

/** A platform and its people as a program of its own (`slack` or `discord`), so that their processor time is not the bot's. Ends with its parent. */
const stage = process.argv[2] === 'slack' ? await openSlackStage() : await openDiscordStage();
const play = createPlay(stage);

async function follow(message: unknown): Promise<void> {
  try {
    process.send?.({ result: await play(orderSchema.parse(message)) });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

process.on('message', (message) => void follow(message));
process.once('disconnect', () => process.exit(0));
process.send?.(stage.settings);
