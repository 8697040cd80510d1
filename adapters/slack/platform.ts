import { withinDeadline } from '#src/core/deadline.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Platform, Stop } from '#src/core/platform.ts';
import { parseImage } from './address.ts';
import { checkBefore, checkedStore } from './check.ts';
import { createHttpListener, openSockets, type BoltOptions, type HttpOptions } from './client.ts';
import { SLACK, SLACK_LIMITS, type SlackConfig } from './config.ts';
import { deliverNews } from './deliver.ts';
import { createOffice, type SlackOffice, type SlackRoom } from './office.ts';
import { downloadPicture } from './pictures.ts';
import { createReception } from './reception.ts';
import { OPTIONAL_SCOPES, SCOPES } from './scopes.ts';
import { openHttpServer } from './server.ts';

type Connection<Kind> = Extract<SlackConfig['connection'], { kind: Kind }>;

/** Slack as a platform: a gateway listens in Socket Mode or over HTTP, a worker only writes. */
export function createSlackPlatform(room: SlackRoom): Platform {
  const office = createOffice(room);
  return {
    name: SLACK,
    listen: async (desk) => {
      await checkBefore(office);
      const identify: BoltOptions['identify'] = async (team) => office.tokens.forPayload(team);
      const options = { log: room.log, take: createReception({ office, desk }), identify };
      const { connection } = room.slack;
      return connection.kind === 'socket' ? connect(office, connection, options) : listenOverHttp(office, connection, options);
    },
    download: async (image, signal) => {
      signal.throwIfAborted();
      const source = parseImage(image);
      if (source === undefined) throw new Refusal('picture-gone');
      return downloadPicture(source, office, signal);
    },
    deliver: async (request, news, page) => deliverNews(office, request, news, page),
  };
}

/** A Slack that does not answer is no reason not to start: everything else works, and the connection is made when it can be. */
async function connect({ slack, log }: SlackOffice, { appToken }: Connection<'socket'>, options: BoltOptions): Promise<Stop> {
  const { started, stop } = openSockets(slack.apiUrl, appToken, options);
  const opened = await withinDeadline(started, SLACK_LIMITS.connectMs);
  if (opened.kind === 'failed') {
    await stop();
    throw opened.error;
  }
  if (opened.kind === 'late') {
    log.warn('slack-connecting');
    started.catch((error: unknown) => log.error('slack-not-connected', {}, error));
  }
  return stop;
}

async function listenOverHttp(office: SlackOffice, connection: Connection<'http'>, options: BoltOptions): Promise<Stop> {
  const http = { apiUrl: office.slack.apiUrl, signingSecret: connection.signingSecret, oauth: oauthOf(office) };
  const { listener, stop } = createHttpListener(http, options);
  const server = await openHttpServer(connection, listener, office.now);
  // What has arrived is answered before the port is closed.
  return async () => {
    await stop();
    await server.stop();
  };
}

function oauthOf(office: SlackOffice): HttpOptions['oauth'] {
  const { slack, vault } = office;
  if (slack.access.kind !== 'many-workspaces') return undefined;
  const { clientId, clientSecret, publicUrl } = slack.access;
  const scopes = [...Object.keys(SCOPES), ...Object.keys(OPTIONAL_SCOPES)];
  return { clientId, clientSecret, publicUrl, scopes, stateSecret: vault.derive('oauth state'), store: checkedStore(office) };
}
