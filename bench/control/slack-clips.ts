import { App } from '@slack/bolt';
import { film } from './film.ts';
import { createMemoryQueue } from './memory-queue.ts';

/** The control for clips in Slack: as the one for pictures, and a clip is downloaded whole and posted. */
const queue = createMemoryQueue(Number(process.argv[2]));
const app = new App({
  token: process.env['SLACK_BOT_TOKEN'] ?? '',
  appToken: process.env['SLACK_APP_TOKEN'] ?? '',
  socketMode: true,
  clientOptions: { slackApiUrl: process.env['SLACK_API_URL'] ?? '' },
});

app.command('/video', async ({ command, ack, say, client }) => {
  await ack();
  queue.add(async () => {
    const { text, channel_id, user_id } = command;
    const posted = await say(`<@${user_id}> wants a clip: ${text}`);
    const file = await film(text);
    const words = { filename: 'clip.mp4', title: text, initial_comment: `<@${user_id}> ${text}` };
    await client.filesUploadV2({ channel_id, thread_ts: posted.ts ?? '', file, ...words });
  });
});

await app.start();
console.log('connected to Slack');
