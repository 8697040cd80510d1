import { once } from 'node:events';
import { ApplicationCommandOptionType, AttachmentBuilder, Client, Events, GatewayIntentBits, type Interaction } from 'discord.js';
import { createMemoryQueue } from './memory-queue.ts';
import { paint } from './paint.ts';

/**
 * The control in Discord: discord.js as its guide uses it, with the defaults. A command is deferred, and waits in an array until its turn comes; so many
 * are painted at once (first argument).
 */
const queue = createMemoryQueue(Number(process.argv[2]));
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: process.env['DISCORD_API_URL'] ?? '' } });

async function imagine(interaction: Interaction): Promise<void> {
  if (!interaction.isChatInputCommand()) return;
  await interaction.deferReply();
  queue.add(async () => {
    const text = interaction.options.getString('prompt', true);
    const picture = new AttachmentBuilder(await paint(text), { name: 'picture.png' });
    await interaction.editReply({ content: `${interaction.user.toString()} ${text}`, files: [picture] });
  });
}

client.on(Events.InteractionCreate, (interaction) => void imagine(interaction).catch(console.error));
await client.login(process.env['DISCORD_TOKEN']);
if (!client.isReady()) await once(client, Events.ClientReady);
const prompt = { type: ApplicationCommandOptionType.String, name: 'prompt', description: 'What to paint', required: true } as const;
await client.application?.commands.set([{ name: 'imagine', description: 'Paint a picture', options: [prompt] }]);
console.log('connected to Discord');
