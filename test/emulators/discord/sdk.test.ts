import { WebSocketManager, WebSocketShardEvents, type SessionInfo } from '@discordjs/ws';
import {
  ActionRowBuilder,
  ApplicationCommandType,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  ContextMenuCommandBuilder,
  EmbedBuilder,
  Events,
  FileUploadBuilder,
  GatewayDispatchEvents,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Partials,
  REST,
  Routes,
  SlashCommandBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  ThreadAutoArchiveDuration,
  type ChatInputCommandInteraction,
  type Interaction,
  type Message,
} from 'discord.js';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { openDiscordEmulator, type DiscordEmulator } from './emulator.ts';
import type { Upload } from './files.ts';

const picture = async (): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
const upload = async (filename = 'cat.png'): Promise<Upload> => ({ filename, contentType: 'image/png', bytes: await picture() });

const button = (id: string, label: string): ActionRowBuilder<ButtonBuilder> =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Secondary));

const commands = [
  new SlashCommandBuilder()
    .setName('imagine')
    .setDescription('Paint')
    .setNameLocalizations({ vi: 'vẽ' })
    .addStringOption((option) => option.setName('prompt').setDescription('What').setRequired(true).setMaxLength(4000))
    .addStringOption((option) => option.setName('model').setDescription('With').setAutocomplete(true))
    .addAttachmentOption((option) => option.setName('image').setDescription('From')),
  new ContextMenuCommandBuilder().setName('Transform image').setType(ApplicationCommandType.Message),
];

async function imagine(command: ChatInputCommandInteraction): Promise<void> {
  await command.deferReply();
  await command.editReply({ content: 'in line', components: [button('cancel', 'Cancel')] });
  const channel = await command.client.channels.fetch(command.channelId);
  if (channel?.isSendable() !== true) return;
  const file = new AttachmentBuilder(await picture(), { name: 'p.png', description: 'a red field' });
  const said = { content: `<@${command.user.id}> done`, allowedMentions: { users: [command.user.id] }, nonce: 'job-1', enforceNonce: true };
  await channel.send({ ...said, files: [file], components: [button('edit', 'Edit prompt')] });
  await command.followUp({ content: 'for you alone', flags: MessageFlags.Ephemeral });
}

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand()) await imagine(interaction);
  else if (interaction.isAutocomplete()) await interaction.respond([{ name: 'Ultra', value: 'ultra' }]);
  else if (interaction.isMessageContextMenuCommand()) await interaction.reply(`${interaction.targetMessage.attachments.size} picture`);
  else if (interaction.isModalSubmit()) await interaction.reply(`now: ${interaction.fields.getTextInputValue('prompt')}`);
  else if (interaction.isButton() && interaction.customId === 'cancel') await interaction.update({ content: 'cancelled', components: [] });
  else if (interaction.isButton()) {
    const prompt = new TextInputBuilder().setCustomId('prompt').setStyle(TextInputStyle.Paragraph).setValue('a cat');
    const more = new FileUploadBuilder().setCustomId('more').setRequired(false);
    const labels = [
      new LabelBuilder().setLabel('Prompt').setTextInputComponent(prompt),
      new LabelBuilder().setLabel('Picture').setFileUploadComponent(more),
    ];
    await interaction.showModal(new ModalBuilder().setCustomId('form').setTitle('Edit').addLabelComponents(labels));
  }
}

describe('the real discord.js', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  async function openBot(): Promise<{
    readonly emulator: DiscordEmulator;
    readonly client: Client;
    readonly heard: Message[];
    readonly troubles: unknown[];
  }> {
    const emulator = await openDiscordEmulator();
    emulator.limits.lift();
    emulator.guild('Studio').channel('art');
    const [heard, troubles]: [Message[], unknown[]] = [[], []];
    const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];
    const client = new Client({ intents, partials: [Partials.Channel], rest: { api: emulator.apiUrl } });
    closing.push(emulator.close, () => client.destroy());
    client.on(Events.InteractionCreate, (interaction) => void answer(interaction).catch((error: unknown) => troubles.push(error)));
    client.on(Events.MessageCreate, (message) => void (message.author.bot ? undefined : heard.push(message)));
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    await client.login(emulator.token);
    await ready;
    await client.application?.commands.set(commands);
    return { emulator, client, heard, troubles };
  }

  it('defers, fills, posts, updates, opens forms and reads them, and breaks no rule', async () => {
    const { emulator, troubles } = await openBot();
    const [art, lan] = [emulator.guild('Studio').channel('art'), emulator.person('Lan', 'vi')];
    const reaction = await lan.slash('imagine', { prompt: 'a cat', image: await upload() }, art);
    expect(reaction.kind).toBe('thinking');
    const result = await emulator.until(() => art.messages().find(({ content }) => content.endsWith('done')));
    expect(result).toMatchObject({ pings: ['Lan'], pictures: [{ description: 'a red field', width: 64, height: 48 }], nonce: 'job-1' });
    await emulator.until(() => art.messages().find(({ onlyFor }) => onlyFor === 'Lan'));
    const original = reaction.message();
    if (original === undefined) throw new Error('there is no original answer');
    expect((await lan.presses('Cancel', original)).kind).toBe('updated');
    const form = await lan.presses('Edit prompt', result);
    expect(form.modal?.fields).toMatchObject([
      { label: 'Prompt', value: 'a cat' },
      { label: 'Picture', required: false },
    ]);
    const sent = await lan.submits({ Prompt: 'a dog', Picture: [await upload()] });
    expect(sent.message()?.content).toBe('now: a dog');
    expect((await lan.types('imagine', { model: 'u' }, 'model', art)).choices).toEqual([{ name: 'Ultra', value: 'ultra' }]);
    expect([troubles, emulator.violations]).toEqual([[], []]);
    expect(emulator.transcript()).toContain('Lan presses [Cancel]');
  });

  it('reads of what people write only what Discord delivers', async () => {
    const { emulator, heard } = await openBot();
    const [art, lan] = [emulator.guild('Studio').channel('art'), emulator.person('Lan')];
    await lan.slash('imagine', { prompt: 'a cat' }, art);
    const result = await emulator.until(() => art.messages().find(({ content }) => content.endsWith('done')));
    const [first] = art.messages();
    await lan.posts(art, 'between us');
    const mention = await lan.posts(art, `<@${emulator.botId}> blue`, { files: [await upload()] });
    await lan.posts(art, 'to the result', { replyTo: result });
    await lan.posts(art, 'to the answer of a command', { replyTo: first ?? result });
    await lan.posts(lan.direct(), 'directly');
    await emulator.until(() => heard.length === 5);
    expect(heard.map(({ content }) => content)).toEqual(['', `<@${emulator.botId}> blue`, 'to the result', '', 'directly']);
    expect(heard[1]?.attachments.size).toBe(1);
    expect((await lan.usesMenu('Transform image', mention.message)).message()?.content).toBe('1 picture');
  });

  it('comes back after its connection broke and misses nothing', async () => {
    const { emulator, heard } = await openBot();
    emulator.gateway.drop();
    await emulator.until(() => emulator.gateway.connected() === 0);
    await emulator.person('Lan').posts(emulator.guild('Studio').channel('art'), `<@${emulator.botId}> while you were away`);
    await emulator.until(() => emulator.gateway.resumes() === 1);
    await emulator.until(() => heard.length === 1);
    expect([heard[0]?.content, emulator.gateway.identifies()]).toEqual([`<@${emulator.botId}> while you were away`, 1]);
  });

  it('finds everything it knows how to do with messages, threads and people', async () => {
    const { emulator, client } = await openBot();
    const [art, lan] = [emulator.guild('Studio').channel('art'), emulator.person('Lan')];
    const { message: theirs } = await lan.posts(art, 'hello');
    const channel = await client.channels.fetch(art.id);
    if (channel?.type !== ChannelType.GuildText) throw new Error('no text channel');
    await channel.sendTyping();
    const message = await channel.send({
      embeds: [new EmbedBuilder().setTitle('x').setImage('attachment://p.png')],
      files: [new AttachmentBuilder(await picture(), { name: 'p.png' })],
    });
    await message.edit({
      content: 'edited',
      embeds: [],
      attachments: [],
      files: [new AttachmentBuilder(await picture(), { name: 'q.png' })],
    });
    await message.react('⭐');
    await message.reactions.cache.first()?.users.remove();
    const thread = await message.startThread({ name: 'A cat', autoArchiveDuration: ThreadAutoArchiveDuration.OneHour });
    await thread.send({ components: [new TextDisplayBuilder().setContent('in the thread')], flags: MessageFlags.IsComponentsV2 });
    await thread.setArchived(true);
    const replied = await channel.messages.fetch(theirs.id).then((fetched) => fetched.reply('hi'));
    expect((await channel.messages.fetch({ around: replied.id, limit: 4, cache: false })).size).toBe(3);
    await (await client.users.fetch(lan.id)).send('directly');
    expect((await channel.guild.members.fetch(lan.id)).displayName).toBe('Lan');
    expect((await channel.guild.members.fetchMe()).permissionsIn(channel).has('SendMessages')).toBe(true);
    await client.application?.fetch();
    await replied.delete();
    expect(lan.direct().messages()).toMatchObject([{ content: 'directly' }]);
    expect(art.messages()).toMatchObject([{ content: 'hello' }, { content: 'edited', pictures: [{ filename: 'q.png' }] }]);
    expect(emulator.violations).toEqual([]);
  });

  it('hands a session from one process to the next by way of @discordjs/ws', async () => {
    const emulator = await openDiscordEmulator();
    closing.push(emulator.close);
    const [art, lan] = [emulator.guild('Studio').channel('art'), emulator.person('Lan')];
    let kept: SessionInfo | null = null;
    const heard: string[] = [];
    const connect = async (): Promise<WebSocketManager> => {
      const manager = new WebSocketManager({
        token: emulator.token,
        intents: GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages,
        rest: new REST({ api: emulator.apiUrl }).setToken(emulator.token),
        retrieveSessionInfo: () => kept,
        updateSessionInfo: (_, info) => void (kept = info ?? kept),
      });
      manager.on(
        WebSocketShardEvents.Dispatch,
        ({ data }) => void (data.t === GatewayDispatchEvents.MessageCreate && heard.push(data.d.content)),
      );
      await manager.connect();
      return manager;
    };
    const first = await connect();
    await emulator.until(() => emulator.gateway.connected() === 1);
    await first.destroy({ code: 4200 });
    await emulator.until(() => emulator.gateway.connected() === 0);
    await lan.posts(art, `<@${emulator.botId}> missed`);
    const second = await connect();
    closing.push(async () => second.destroy({ code: 1000 }));
    await emulator.until(() => heard.length === 1);
    expect([emulator.gateway.identifies(), emulator.gateway.resumes(), emulator.violations]).toEqual([1, 1, []]);
  });

  it('posts once under an enforced nonce although it tries again after a lost answer', async () => {
    const { emulator } = await openBot();
    const art = emulator.guild('Studio').channel('art');
    const rest = new REST({ api: emulator.apiUrl }).setToken(emulator.token);
    emulator.faults.add({ route: 'POST /channels/:channel/messages', kind: 'status-after', status: 502, times: 2 });
    await rest.post(Routes.channelMessages(art.id), { body: { content: 'once', nonce: 'job-2', enforce_nonce: true } });
    emulator.faults.add({ route: 'POST /channels/:channel/messages', kind: 'status-after', status: 502 });
    await rest.post(Routes.channelMessages(art.id), { body: { content: 'twice' } });
    expect(art.messages().map(({ content }) => content)).toEqual(['once', 'twice', 'twice']);
  });
});
