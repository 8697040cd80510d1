import { z } from 'zod';
import { wholeFileObject } from '../file-object.ts';
import type { StoredFile } from '../files.ts';
import { refuse } from '../refusal.ts';
import { takeBlocks, takeText } from '../surfaces.ts';
import type { Channel } from '../world.ts';
import { count, json, method, name, ok, text, timestamp, type Caller, type Desk } from './method.ts';
import { threadRoot, writableChannel } from './places.ts';

const FILE_BYTES_MAX = 1_073_741_824;

const getUploadUrl = method({
  name: 'files.getUploadURLExternal',
  tier: 4,
  scopes: ['files:write'],
  args: { filename: name, length: count(FILE_BYTES_MAX), snippet_type: text.optional(), alt_txt: text.max(1000).optional() },
  run(args, desk, caller) {
    const file = desk.files.ask(caller.team.id, caller.app.botUserId, args.filename, args.length, args.alt_txt);
    return ok({ upload_url: `${desk.origin}${file.uploadPath}`, file_id: file.id });
  },
});

const completed = z.strictObject({
  id: z.string(),
  title: z.string().optional(),
  highlight_type: z.string().max(10).optional(),
});

/** Whether each file can be completed now. One that lacks its bytes or was completed before is a mistake of the product. */
function completable(desk: Desk, caller: Caller, id: string): StoredFile {
  const file = desk.files.find(caller.team.id, id);
  if (file.userId !== caller.app.botUserId) {
    desk.record.violate('upload', `${file.name} is somebody else’s`);
    return refuse('access_denied');
  }
  if (file.state === 'asked') {
    desk.record.violate('upload', `${file.name} was completed before its bytes were sent`);
    return refuse('file_not_found');
  }
  if (file.state !== 'sent') {
    desk.record.violate('upload', `${file.name} was completed twice`);
    if (desk.unconfirmed.secondCompletion === 'file_not_found') return refuse('file_not_found');
  }
  return file;
}

const complete = method({
  name: 'files.completeUploadExternal',
  tier: 4,
  scopes: ['files:write'],
  args: {
    files: json(z.array(completed).min(1)),
    channel_id: name.optional(),
    channels: text.optional(),
    thread_ts: timestamp.optional(),
    initial_comment: text.optional(),
    blocks: text.optional(),
  },
  run(args, desk, caller) {
    const files = args.files.map(({ id }) => completable(desk, caller, id));
    const ids = [...new Set([args.channel_id, ...(args.channels?.split(',') ?? [])])].filter((id) => id !== undefined && id !== '');
    // Membership is needed here whatever else the app may do.
    const channels: Channel[] = ids.map((id) => writableChannel(desk, caller, id ?? '', undefined));
    if (args.initial_comment !== undefined && args.blocks !== undefined) {
      desk.record.violate('blocks are ignored', `${caller.where}: initial_comment and blocks together`);
    }
    const words = args.initial_comment === undefined ? '' : takeText(desk, args.initial_comment, caller.where);
    const takesBlocks = args.blocks !== undefined && args.initial_comment === undefined;
    const blocks = takesBlocks ? takeBlocks(desk, args.blocks, { teamId: caller.team.id, where: caller.where }) : [];
    if (blocks.some(({ type }) => type === 'markdown')) {
      desk.record.violate('blocks', `${caller.where}: a markdown block breaks it`);
      refuse('internal_error');
    }
    const places = channels.map((channel) => ({
      channel,
      draft: {
        text: words,
        blocks,
        userId: caller.app.botUserId,
        botId: caller.app.botId,
        threadTs: threadRoot(desk, caller, channel, args.thread_ts),
        isRichText: args.initial_comment !== undefined,
      },
    }));
    for (const [index, { title }] of args.files.entries()) Object.assign(files[index] ?? {}, title === undefined ? {} : { title });
    desk.sharing.complete(files, caller.fault === 'never-shared' ? [] : places);
    return ok({ files: files.map(({ id, title }) => ({ id, title })) });
  },
});

const info = method({
  name: 'files.info',
  tier: 4,
  scopes: ['files:read'],
  args: { file: name, count: count(1000).optional(), cursor: text.optional(), limit: count(1000).optional(), page: count(1000).optional() },
  run(args, desk, caller) {
    const file = desk.files.find(caller.team.id, args.file);
    const isOwn = file.userId === caller.app.botUserId;
    const sees = isOwn || file.isConnect || file.isHandedOver || file.shares.some(({ channelId }) => isVisible(desk, caller, channelId));
    if (!sees) refuse('file_not_found');
    if (file.isDenied) refuse('access_denied');
    const isUnfinished = file.state === 'asked' || file.state === 'sent';
    if (isUnfinished && desk.unconfirmed.uncompletedFile === 'file_not_found') refuse('file_not_found');
    return ok({ file: wholeFileObject(file, desk), comments: [], response_metadata: { next_cursor: '' } });
  },
});

function isVisible(desk: Desk, { app }: Caller, channelId: string): boolean {
  const channel = desk.world.channels.get(channelId);
  if (channel === undefined) return false;
  const isOpen = channel.kind === 'public' && desk.unconfirmed.filesOfOtherChannels === 'visible';
  return isOpen || channel.memberIds.has(app.botUserId);
}

const remove = method({
  name: 'files.delete',
  tier: 3,
  scopes: ['files:write'],
  args: { file: name },
  run(args, desk, caller) {
    const file = desk.files.find(caller.team.id, args.file);
    if (file.userId !== caller.app.botUserId) refuse('cant_delete_file');
    file.isDeleted = true;
    desk.record.changed();
    return ok();
  },
});

export const fileMethods = [getUploadUrl, complete, info, remove];
