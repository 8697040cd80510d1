import { runDemo } from './demo.ts';
import { openDiscordStage } from './discord/stage.ts';

await runDemo(await openDiscordStage(), 3101);
