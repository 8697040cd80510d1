import { App } from '@slack/bolt';
import { createMemoryQueue } from './memory-queue.ts';
import { paint } from './paint.ts';

/**
 * The control in Slack: Bolt as its tutorials use it, with the SDK's defaults. A command is acknowledged, and waits in an array until its turn comes;
 * so many are painted at once (first argument).
 */
const queue = createMemoryQueue(Number(process.argv[2]));
const app = new App({
  token: process.env['SLACK_BOT_TOKEN'] ?? '',
  appToken: process.env['SLACK_APP_TOKEN'] ?? '',
  socketMode: true,
  clientOptions: { slackApiUrl: process.env['SLACK_API_URL'] ?? '' },
});

app.command('/imagine', async ({ command, ack, say, client }) => {
  await ack();
  queue.add(async () => {
    const { text, channel_id, user_id } = command;
    const posted = await say(`<@${user_id}> imagines: ${text}`);
    const file = await paint(text);
    const words = { filename: 'picture.png', title: text, initial_comment: `<@${user_id}> ${text}` };
    await client.filesUploadV2({ channel_id, thread_ts: posted.ts ?? '', file, ...words });
  });
});

await app.start();
console.log('connected to Slack');
