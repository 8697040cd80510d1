import { describe, expect, it } from 'vitest';
import { commandsFor } from '#adapters/discord/commands.ts';
import { specs } from '#workers/models/catalogue.ts';
import { useDiscordBench } from './use-bench.ts';

/** What the operator sees when the product starts, and what Discord is told of it. */
const bench = useDiscordBench();

const COMMANDS_COUNT = commandsFor(
  specs.map(({ card }) => card),
  { ageRestricted: false, userInstall: true },
).length;
const COMMANDS = 'POST /applications/:application/commands';
const registrations = (): number => bench.discord.calls().filter(({ route, status }) => route === COMMANDS && (status ?? 500) < 300).length;

describe('commands', () => {
  it('are registered once, and again only when they have changed', async () => {
    const { discord } = bench;
    await (
      await bench.listen()
    )();
    expect(registrations()).toBe(COMMANDS_COUNT);
    await (
      await bench.listen()
    )();
    expect(registrations()).toBe(COMMANDS_COUNT);
    await (
      await bench.listen(bench.create({ ageRestricted: true }))
    )();
    expect(registrations()).toBe(2 * COMMANDS_COUNT);
    expect(discord.violations).toEqual([]);
  });

  it('are registered once more when somebody has removed them', async () => {
    const { discord } = bench;
    await (
      await bench.listen()
    )();
    const id =
      discord
        .view()
        .commands.map((command) => command['id'])
        .find((one) => typeof one === 'string') ?? '';
    await fetch(`${discord.apiUrl}/v10/applications/${discord.applicationId}/commands/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bot ${discord.token}`, 'user-agent': 'DiscordBot (https://example.org, 1)' },
    });
    await (
      await bench.listen()
    )();
    expect(discord.view().commands.map(({ name }) => name)).toEqual(expect.arrayContaining(['imagine', 'Transform image']));
  });

  it('have names and descriptions in both languages, and choices from the models', async () => {
    const { discord } = bench;
    await bench.listen();
    const imagine = discord.view().commands.find(({ name }) => name === 'imagine');
    expect(imagine).toMatchObject({ name_localizations: { vi: 'vẽ' }, contexts: [0, 1, 2], integration_types: [0, 1], nsfw: false });
    expect(imagine?.['options']).toContainEqual(expect.objectContaining({ name: 'ratio', name_localizations: { vi: 'tỉ-lệ' } }));
    expect(imagine?.['options']).toContainEqual(expect.objectContaining({ name: 'image', file_types: ['image'] }));
  });

  it('are for servers alone where people may not install the application for themselves', async () => {
    await bench.listen(bench.create({ userInstall: false }));
    expect(bench.discord.view().commands[0]).toMatchObject({ contexts: [0, 1], integration_types: [0] });
  });
});

describe('the check at the start', () => {
  it('prints the link that invites the bot, with the permissions it needs and no others', async () => {
    await bench.listen();
    const [line = ''] = bench.notices;
    const link = new URL(line.slice(line.indexOf('https://')));
    expect(link.searchParams.get('client_id')).toBe(bench.discord.applicationId);
    expect(BigInt(link.searchParams.get('permissions') ?? 0)).toBe((1n << 10n) | (1n << 11n) | (1n << 15n) | (1n << 16n) | (1n << 38n));
  });

  it('says that the intent is missing, and goes on without it', async () => {
    await bench.listen(bench.create({ messageContent: true }));
    expect(bench.notices.join('\n')).toContain('Message Content Intent is off');
    expect(bench.discord.gateway.connected()).toBe(1);
  });

  it('says that the token is not accepted, and asks once', async () => {
    await bench.listen(bench.create({ token: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123' }));
    expect(bench.notices.join('\n')).toContain('does not accept DISCORD_TOKEN');
    expect(bench.discord.calls().filter(({ status }) => status === 401)).toHaveLength(1);
    expect(bench.discord.gateway.identifies()).toBe(0);
  });

  it('says in one line for each server which rights are missing there, and nothing of those where all is well', async () => {
    const { discord } = bench;
    discord.guild('Studio');
    discord.guild('Art *Club*').setEveryone(['VIEW_CHANNEL', 'SEND_MESSAGES', 'READ_MESSAGE_HISTORY']);
    discord
      .guild('Threads')
      .setEveryone(['VIEW_CHANNEL', 'SEND_MESSAGES', 'SEND_MESSAGES_IN_THREADS', 'ATTACH_FILES', 'READ_MESSAGE_HISTORY']);
    await bench.listen(bench.create({ threads: new Set([discord.guild('Threads').id]) }, { language: 'vi' }));
    expect(bench.notices.filter((line) => line.includes('thiếu quyền'))).toEqual([
      'Discord     ở Art \\*Club\\* bot còn thiếu quyền: Gửi tin nhắn trong chủ đề, Đính kèm tập tin.',
      'Discord     ở Threads bot còn thiếu quyền: Tạo chủ đề công khai.',
    ]);
  });

  it('says it of ten servers, and how many more there are', async () => {
    for (let number = 0; number < 13; number += 1) bench.discord.guild(`Server ${number}`).setEveryone(['VIEW_CHANNEL']);
    await bench.listen();
    const lines = bench.notices.filter((line) => line.includes('lack'));
    expect([lines.length, lines.at(-1)]).toEqual([11, expect.stringContaining('3 more servers')]);
  });

  it('says that no endpoint leads here when commands are to come by HTTP', async () => {
    await bench.listen(bench.create({ publicKey: bench.discord.publicKey }));
    expect(bench.notices.join('\n')).toContain('no Interactions Endpoint URL');
  });

  it('says that the key is another application’s', async () => {
    await bench.listen(bench.create({ publicKey: 'ab'.repeat(32) }));
    expect(bench.notices.join('\n')).toContain('DISCORD_PUBLIC_KEY is not the key');
  });
});

describe('a start while Discord is away', () => {
  it('is not held up, and connects when Discord is back', async () => {
    const { discord } = bench;
    discord.faults.add({ route: 'GET /applications/@me', kind: 'status', status: 503 });
    await bench.listen();
    expect(bench.notices.join('\n')).toContain('cannot be reached');
    expect(discord.gateway.connected()).toBe(0);
    await discord.until(() => discord.gateway.connected() === 1);
  });
});
