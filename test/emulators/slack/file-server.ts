import type { Faults } from './faults.ts';
import { bearerOf, readUpload } from './forms.ts';
import { htmlReply, type Ask, type Reply } from './http.ts';
import type { StoredFile } from './files.ts';
import type { Parts } from './parts.ts';
import type { SeenCall } from './record.ts';
import { refusedAnswer } from './refusal.ts';
import { spoil } from './spoil.ts';

const LOGIN = '<!DOCTYPE html><html><head><title>Slack | Login</title></head><body>Sign in to your workspace</body></html>';

/** Where bytes go in and out: the places that uploads are sent to, and the files behind `url_private`. */
export interface FileServer {
  upload(ask: Ask): Promise<Reply>;
  download(ask: Ask): Promise<Reply>;
}

export function createFileServer(parts: Parts, faults: Faults, elsewhere: () => string): FileServer {
  const { files, record, tokens, world } = parts;

  async function take(ask: Ask, call: SeenCall): Promise<Reply> {
    const file = files.byUploadPath(ask.url.pathname);
    const no = (reason: string): Reply => {
      record.violate('upload', reason);
      call.outcome = reason;
      return htmlReply(400, reason, 'text/plain');
    };
    if (file === undefined || ask.method !== 'POST') return no(`${ask.method} to a place that nobody was given`);
    if (ask.headers['content-length'] === undefined) return no(`${file.name} came without its length`);
    if (file.state !== 'asked') return no(`bytes for ${file.name} a second time`);
    const bytes = await readUpload(ask);
    if (bytes === undefined) return no(`no single file in the form for ${file.name}`);
    if (bytes.byteLength !== file.length)
      return no(`${file.name} was announced with ${file.length} bytes and came with ${bytes.byteLength}`);
    Object.assign(file, { bytes, state: 'sent' });
    call.outcome = 'ok';
    return htmlReply(200, `OK - ${bytes.byteLength}`, 'text/plain');
  }

  /** Slack's way of saying no: a page for browsers, with 200. A token without the scope gets it under the file's own type. */
  function give(ask: Ask, call: SeenCall): Reply {
    const file = files.byUrlPath(ask.url.pathname);
    if (file === undefined || file.isDeleted || file.download === 'gone') return htmlReply(404, LOGIN);
    const refusal = whyNot(ask, file);
    call.outcome = refusal ?? 'ok';
    if (refusal === 'missing_scope') return htmlReply(200, LOGIN, file.mimetype);
    if (refusal !== undefined || file.download === 'login-page') return htmlReply(200, LOGIN);
    if (file.download === 'redirect-elsewhere') {
      return { status: 302, headers: { location: `${elsewhere()}/${encodeURIComponent(file.name)}` }, body: '' };
    }
    const whole: Reply = { status: 200, headers: { 'content-type': file.mimetype || 'application/octet-stream' }, body: file.bytes };
    return file.download === 'cut' ? { ...whole, ending: 'half' } : whole;
  }

  function whyNot(ask: Ask, file: StoredFile): string | undefined {
    try {
      const token = tokens.check(bearerOf(ask));
      const app = world.teams.get(token.teamId ?? '')?.app;
      if (app === undefined) return 'invalid_auth';
      if (!app.scopes.has('files:read')) return 'missing_scope';
      const isOwn = file.userId === app.botUserId;
      const sees = file.shares.some(({ channelId }) => {
        const channel = world.channels.get(channelId);
        const isOpen = channel?.kind === 'public' && parts.unconfirmed.filesOfOtherChannels === 'visible';
        return isOpen || channel?.memberIds.has(app.botUserId) === true;
      });
      if (file.isDenied) return 'access_denied';
      return isOwn || sees || file.isHandedOver ? undefined : 'not_visible';
    } catch (error) {
      const answer = refusedAnswer(error);
      if (answer === undefined) throw error;
      return String(answer['error']);
    }
  }

  return {
    upload(ask) {
      const call = record.call('upload', { path: ask.url.pathname, bytes: ask.body.byteLength });
      return spoil(faults.strike('upload'), call, parts, async () => {
        const reply = await take(ask, call);
        call.status = reply.status;
        return reply;
      });
    },
    download(ask) {
      const call = record.call('download', { path: ask.url.pathname });
      return spoil(faults.strike('download'), call, parts, async () => {
        const reply = give(ask, call);
        call.status = reply.status;
        return reply;
      });
    },
  };
}
