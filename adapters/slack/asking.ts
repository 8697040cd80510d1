import { z } from 'zod';
import type { Entry } from '#src/core/archive.ts';
import { withinDeadline } from '#src/core/deadline.ts';
import { Refusal } from '#src/core/failure.ts';
import { detectLanguage } from '#src/core/language.ts';
import type { Ask, Desk, Told } from '#src/core/platform.ts';
import type { Language } from '#src/core/request.ts';
import type { Identity } from './client.ts';
import type { SlackOffice } from './office.ts';
import { tenantOf, threadOf, type Address } from './address.ts';
import type { Reading } from './reading.ts';

/** The gateway's half while it listens. */
export interface Reception {
  readonly office: SlackOffice;
  readonly desk: Desk;
}

/** Of the three seconds, what looking something up in the ledger may take. */
export const LOOK_UP_MS = 500;
const THREADS = 'slack-threads';
const threadSchema = z.strictObject({ topic: z.string() });

const keyOf = ({ team, channel }: Address, root: string): string => `${team}:${channel}:${root}`;

/** A thread that begins with a message of ours: what is said in it belongs to the request that it was begun for. */
export async function rememberThread({ cabinet }: SlackOffice, address: Address, root: string, topic: string): Promise<void> {
  await cabinet.write(THREADS, keyOf(address, root), { topic });
}

/** An earlier request of the workspace, or why there is none to be had: it is not known, or that cannot be found out now. */
export async function lookUp(
  { office: { archive } }: Reception,
  { team }: Identity,
  id: string,
): Promise<Entry | 'request-unknown' | 'ledger-unavailable'> {
  const found = await withinDeadline(archive.find(id), LOOK_UP_MS);
  if (found.kind !== 'done') return 'ledger-unavailable';
  return found.value?.request.tenant === tenantOf(team) ? found.value : 'request-unknown';
}

/** The conversation that a thread is. `isOwn`: it began with a message of ours. */
export async function topicOf(
  { cabinet }: SlackOffice,
  address: Address,
  root: string,
): Promise<{ readonly topic: string; readonly isOwn: boolean }> {
  const key = keyOf(address, root);
  const read = await withinDeadline(cabinet.read(THREADS, key), LOOK_UP_MS);
  const kept = read.kind === 'done' ? threadSchema.safeParse(read.value).data : undefined;
  return { topic: kept?.topic ?? key, isOwn: kept !== undefined };
}

export interface Wish extends Pick<Ask, 'id' | 'text'>, Partial<Pick<Ask, 'options' | 'images' | 'task' | 'isInstruction' | 'origin'>> {
  readonly user: string;
  readonly address: Address;
  readonly topic: string;
}

/** Hands in what somebody wants; committed when it resolves with an acceptance. */
export async function ask({ office, desk }: Reception, { user, address, topic, ...wish }: Wish): Promise<Told> {
  const locale = await localeOf(office, address, user, wish.text);
  return desk.ask({
    options: {},
    images: [],
    ...wish,
    thread: threadOf(address, topic),
    requester: { id: user },
    tenant: tenantOf(address.team),
    locale,
  });
}

/** The same, of words that have to be read first: what is wrong with them is told as the desk tells it. */
export async function askRead(
  reception: Reception,
  wish: Omit<Wish, keyof Reading>,
  text: string,
  read: (locale: Language | undefined) => Reading,
): Promise<Told> {
  const locale = await localeOf(reception.office, wish.address, wish.user, text);
  try {
    return await ask(reception, { ...wish, ...read(locale) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, details } = error;
    return { receipt: { kind: 'refused', code, details }, language: detectLanguage(text, locale) };
  }
}

/** Slack is asked how somebody speaks only where their words do not tell: a sentence is taken without waiting for a word from there. */
async function localeOf({ people }: SlackOffice, { team }: Address, user: string, text: string): Promise<Language | undefined> {
  const spoken = detectLanguage(text, 'vi');
  return spoken === detectLanguage(text, 'en') ? spoken : (await people.of(team, user)).language;
}

/** What to speak with somebody, when no words of theirs tell. */
export async function languageFor({ people }: SlackOffice, { team }: Identity, user: string): Promise<Language> {
  return (await people.of(team, user)).language ?? 'en';
}
