import { mimetypeOf, pngSize, type StoredFile } from './files.ts';
import type { Draft } from './messages.ts';
import type { Parts } from './parts.ts';
import type { Posted, Posting } from './posting.ts';
import type { Channel } from './world.ts';

/** What happens to files after an upload was completed: in Slack's own time, not in that of the call. */
export interface Sharing {
  /** Looks through the files, then shows them together in each conversation. */
  complete(files: readonly StoredFile[], places: readonly { readonly channel: Channel; readonly draft: Omit<Draft, 'channelId'> }[]): void;
  /** Shows files at once, as a person does who had them in front of them. */
  share(files: readonly StoredFile[], channel: Channel, draft: Omit<Draft, 'channelId'>): Posted;
}

const SHARE_MS = 200;
const PROCESSING_MS = 100;

export function createSharing(parts: Parts, posting: Posting): Sharing {
  const { clock, options, record, ids } = parts;
  const { shareDelayMs = SHARE_MS, processingDelayMs = PROCESSING_MS } = options;
  const later = (waitMs: number, act: () => void): void => {
    if (waitMs === 0) act();
    else clock.after(waitMs, act);
  };

  function lookThrough(file: StoredFile): void {
    const size = pngSize(file.bytes);
    Object.assign(file, { mimetype: mimetypeOf(file.name), width: size?.width, height: size?.height, state: 'ready' });
    record.changed();
  }

  function share(files: readonly StoredFile[], channel: Channel, draft: Omit<Draft, 'channelId'>): Posted {
    const alive = files.filter(({ isDeleted }) => !isDeleted);
    const posted = posting.post(channel, { ...draft, subtype: 'file_share', fileIds: alive.map(({ id }) => id) });
    const { message } = posted;
    for (const file of alive) {
      file.shares.push({ channelId: channel.id, ts: message.ts, threadTs: message.threadTs });
      const eventTs = ids.timestamp();
      // Not told of in shared channels.
      if (channel.sharedWith.size > 0) continue;
      void parts.events.tellIn(channel, () => ({
        type: 'file_shared',
        file_id: file.id,
        user_id: draft.userId,
        file: { id: file.id },
        channel_id: channel.id,
        event_ts: eventTs,
      }));
    }
    return posted;
  }

  return {
    share,
    complete(files, places) {
      for (const file of files) {
        if (file.state !== 'ready') file.state = 'completed';
        later(processingDelayMs, () => lookThrough(file));
      }
      later(shareDelayMs, () => {
        for (const { channel, draft } of places) {
          if (files.some(({ isDeleted }) => !isDeleted) && !channel.isArchived) share(files, channel, draft);
        }
      });
    },
  };
}
