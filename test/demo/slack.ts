import { runDemo } from './demo.ts';
import { openSlackStage } from './slack/stage.ts';

await runDemo(await openSlackStage(), 3100);
