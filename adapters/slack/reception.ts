import { sayRefusal } from '#src/core/messages.ts';
import type { Told } from '#src/core/platform.ts';
import { announce } from './announce.ts';
import { sayOnce, whisperIn, type Whisper } from './whispers.ts';
import { askRead, topicOf, type Reception } from './asking.ts';
import type { Identity, Take, Taken } from './client.ts';
import { takeCommand } from './commands.ts';
import { takeForm } from './forms.ts';
import { publishHome } from './home.ts';
import { messageRequestId } from './ids.ts';
import { imageOf, tenantOf } from './address.ts';
import { parseArrival, type MessageArrival } from './parse.ts';
import { takePress } from './presses.ts';
import { askPrice } from './prices.ts';
import { readPost } from './reading.ts';
import { renderWords } from './render.ts';
import { takeShortcut } from './shortcuts.ts';
import { threadPicture } from './thread-pictures.ts';

/** After so many redeliveries Slack gives an event up. */
const LAST_RETRY = 3;

/** Looks at whatever comes from Slack: what is wanted is committed before it is acknowledged, everything else happens afterwards. */
export function createReception(reception: Reception): Take {
  return async (body, identity, retry) => {
    const arrival = parseArrival(body, identity.botUserId);
    switch (arrival.kind) {
      case 'command':
        return takeCommand(reception, identity, arrival);
      case 'message':
        return takeMessage(reception, identity, arrival, retry);
      case 'press':
        return takePress(reception, identity, arrival);
      case 'shortcut':
        return takeShortcut(reception, identity, arrival);
      case 'form':
        return takeForm(reception, identity, arrival);
      case 'home':
        return { afterwards: async () => publishHome(reception.office, identity, arrival.user) };
      case 'message-deleted':
        return { afterwards: async () => callOff(reception, identity, arrival) };
      case 'gone':
        return { afterwards: async () => forget(reception, arrival.team) };
      case 'nothing':
        return {};
    }
  };
}

/** A post that is meant for the bot. The two events that Slack sends of one post are one request, and so are its redeliveries. */
async function takeMessage(reception: Reception, identity: Identity, arrival: MessageArrival, retry: number): Promise<Taken> {
  const { user, channel, ts, thread, text, files, isDirect, isForBot } = arrival;
  const { office } = reception;
  const { team } = identity;
  const root = thread ?? ts;
  if (!isDirect && !isForBot && (thread === undefined || files.length === 0)) return {};
  const address = { team, channel, thread: root };
  const { topic, isOwn } = await topicOf(office, address, root);
  if (!isDirect && !isForBot && !isOwn) return {};
  const last = files.length === 0 ? await threadPicture(office, identity, arrival, address, topic) : undefined;
  const source = last ?? { images: files.map((file) => imageOf(team, file)) };
  const wish = { id: messageRequestId(team, channel, ts), ...source, user, address, topic };
  const told = await askRead(reception, wish, text, (locale) => readPost(text, source.images.length, locale));
  const whisper = whisperIn(office, team, arrival);
  if (told.receipt.kind === 'refused') {
    // Slack sends it again, now and in a minute and in five: the ledger may be back by then.
    if (told.receipt.code === 'ledger-unavailable' && retry < LAST_RETRY) throw new Error('the ledger is away: let it be sent again');
    return { afterwards: async () => sayOnce(office, team, arrival, async () => tellRefusal(told, whisper)) };
  }
  const { receipt, language } = told;
  if (receipt.kind === 'unconfirmed') {
    const question = async () => askPrice(reception, identity, arrival, receipt, language);
    return { afterwards: async () => sayOnce(office, team, arrival, question) };
  }
  if (receipt.repeated) return {};
  return { afterwards: async () => announce(reception, identity, { receipt, language }, whisper) };
}

async function tellRefusal({ receipt, language }: Told, whisper: Whisper): Promise<void> {
  if (receipt.kind === 'refused') await whisper(renderWords(sayRefusal(language, receipt.code, receipt.details)));
}

/** Whoever takes their own post back does not want its picture. */
async function callOff({ desk }: Reception, { team }: Identity, { channel, ts }: { channel: string; ts: string }): Promise<void> {
  await desk.cancel(messageRequestId(team, channel, ts), { tenant: tenantOf(team), requesterId: '', isAdmin: true });
}

async function forget({ office }: Reception, team: string): Promise<void> {
  office.log.warn('slack-uninstalled', { team });
  await office.tokens.forget(team);
}
