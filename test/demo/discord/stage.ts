import { z } from 'zod';
import { openDiscordEmulator, type DiscordEmulator } from '#test/emulators/discord/emulator.ts';
import type { Upload } from '#test/emulators/discord/files.ts';
import type { ModalView } from '#test/emulators/discord/modals.ts';
import type { Person, Reaction } from '#test/emulators/discord/people.ts';
import type { PictureView } from '#test/emulators/discord/view.ts';
import type { HandedFile, Outcome, Picture, Stage } from '../stage.ts';
import { discordScene } from './scene.ts';

const PEOPLE = [
  { name: 'Lan', locale: 'vi', isAdmin: false },
  { name: 'Sam', locale: 'en-US', isAdmin: false },
  { name: 'Mai', locale: 'vi', isAdmin: true },
] as const;
/** In the first server answers are replies; in the second every request gets a thread. */
const SERVERS = [
  { name: 'Xóm Vẽ', locale: 'vi', channels: ['chung', 'vẽ-tranh'] },
  { name: 'Art Club', locale: 'en-US', channels: ['general', 'studio'] },
] as const;
const MAY_MODERATE = ['MANAGE_MESSAGES', 'MANAGE_CHANNELS', 'MANAGE_THREADS'] as const;

const words = z.string().max(40_000);
const values = z.record(z.string(), z.union([words, z.number(), z.boolean()]));
const deedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), place: words, text: words, replyTo: words.optional(), silently: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('command'), place: words, name: words, values }),
  z.strictObject({ kind: z.literal('complete'), place: words, name: words, values, focused: words }),
  z.strictObject({ kind: z.literal('menu'), name: words, message: words }),
  z.strictObject({ kind: z.literal('press'), message: words, button: words }),
  z.strictObject({ kind: z.literal('choose'), message: words, select: words, values: z.array(words) }),
  z.strictObject({ kind: z.literal('submit'), values: z.record(z.string(), z.union([words, z.boolean(), z.array(words)])) }),
  z.strictObject({ kind: z.literal('close') }),
  z.strictObject({ kind: z.literal('remove'), message: words }),
]);
type Deed = z.infer<typeof deedSchema>;

/** The emulated Discord with two servers and three people. */
export async function openDiscordStage(): Promise<Stage> {
  const discord = await openDiscordEmulator();
  const people = new Map<string, Person>(PEOPLE.map(({ name, locale }) => [name, discord.person(name, locale)]));
  const modals = new Map<string, ModalView>();
  const links = new Map<string, string>();
  const listeners = new Set<() => void>();
  const guilds = SERVERS.map(({ name, locale, channels }) => {
    const guild = discord.guild(name, { locale });
    for (const channel of channels) guild.channel(channel);
    for (const { name: person, isAdmin } of PEOPLE) if (isAdmin) guild.giveRole(discord.person(person).id, 'Admin', MAY_MODERATE);
    return guild;
  });
  const person = (name: string): Person => {
    const found = people.get(name);
    if (found === undefined) throw new Error(`there is no ${name} here`);
    return found;
  };
  /** Links are signed anew each time they are looked at; the page keeps one address for a picture. */
  const pictureId = ({ url }: PictureView): string => {
    const id = Buffer.from(new URL(url).pathname).toString('base64url');
    links.set(id, url);
    return id;
  };
  const act = async (name: string, given: unknown, files: readonly HandedFile[]): Promise<Outcome> => {
    const deed = deedSchema.parse(given);
    if (deed.kind === 'close') modals.delete(name);
    const reaction = await react(discord, person(name), deed, files);
    if (deed.kind === 'submit') modals.delete(name);
    if (reaction?.modal !== undefined) modals.set(name, reaction.modal);
    for (const listener of listeners) listener();
    return outcomeOf(reaction);
  };
  return {
    page: 'discord.html',
    people: PEOPLE,
    environment: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_URL: discord.cdnUrl,
      DISCORD_THREADS: guilds[1]?.id ?? '',
    },
    connected: async () => void (await discord.until(() => discord.view().commands.length > 0, 60_000)),
    scene(name) {
      const { id, direct } = person(name);
      const { locale = 'en-US', isAdmin = false } = PEOPLE.find((one) => one.name === name) ?? {};
      return discordScene(discord, { id, name, locale, isAdmin, directId: direct().id, modal: modals.get(name) }, pictureId);
    },
    act,
    picture: async (id) => fetchPicture(links.get(id)),
    onChange(listener) {
      listeners.add(listener);
      const stop = discord.onChange(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    violations: () => discord.violations,
    close: discord.close,
  };
}

async function react(discord: DiscordEmulator, person: Person, deed: Deed, files: readonly HandedFile[]): Promise<Reaction | undefined> {
  switch (deed.kind) {
    case 'say': {
      const { replyTo, silently = false } = deed;
      const about = { files: files.map(uploadOf), silently, ...(replyTo !== undefined && { replyTo: { id: replyTo } }) };
      await person.posts(discord.channel(deed.place), withMentions(discord, deed.text), about);
      return undefined;
    }
    case 'command':
      return person.slash(deed.name, { ...deed.values, ...byField(files) }, discord.channel(deed.place));
    case 'complete':
      return person.types(deed.name, { ...deed.values, ...byField(files) }, deed.focused, discord.channel(deed.place));
    case 'menu':
      return person.usesMenu(deed.name, { id: deed.message });
    case 'press':
      return person.presses(deed.button, { id: deed.message });
    case 'choose':
      return person.chooses(deed.select, deed.values, { id: deed.message });
    case 'submit':
      return person.submits({ ...deed.values, ...lists(byField(files)) });
    case 'close':
      return undefined;
    case 'remove':
      person.deletes({ id: deed.message });
      return undefined;
  }
}

function outcomeOf(reaction: Reaction | undefined): Outcome {
  if (reaction === undefined) return {};
  if (reaction.kind === 'choices') return { choices: reaction.choices };
  return reaction.kind === 'nothing' ? { notice: 'The application did not respond' } : {};
}

const uploadOf = ({ name, type, bytes }: HandedFile): Upload => ({ filename: name, contentType: type, bytes });
const byField = (files: readonly HandedFile[]): Record<string, Upload> =>
  Object.fromEntries(files.map((file) => [file.field, uploadOf(file)]));
const lists = (uploads: Record<string, Upload>): Record<string, readonly Upload[]> =>
  Object.fromEntries(Object.entries(uploads).map(([field, upload]) => [field, [upload]]));

/** What the client makes of names that were chosen from its list. */
function withMentions(discord: DiscordEmulator, text: string): string {
  const named = [...discord.view().people, { id: discord.botId, name: 'Họa Mi' }];
  return named.reduce((said, { id, name }) => said.replaceAll(`@${name}`, `<@${id}>`), text);
}

async function fetchPicture(url: string | undefined): Promise<Picture | undefined> {
  if (url === undefined) return undefined;
  const answer = await fetch(url);
  const type = answer.headers.get('content-type') ?? '';
  return answer.ok && /^(?:image|video)\//.test(type) ? { type, bytes: Buffer.from(await answer.arrayBuffer()) } : undefined;
}
