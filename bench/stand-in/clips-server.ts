import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createClips } from './film.ts';
import type { ClipPlace } from './start-clips.ts';

/**
 * The sandbox as a program of its own, with clips of 20 MB: StartAsyncInvoke, GetAsyncInvoke and S3, which keeps its objects in a folder (first argument)
 * and not in memory. No clip is finished before the word `finish`, which is for all that begin later as well. Ends with its parent.
 */
const making = createClips();
const finishing = Promise.withResolvers<void>();
const sandbox = await startSandbox({
  modelTimeMs: 0,
  buckets: ['clips'],
  dataDir: process.argv[2] ?? '',
  clips: {
    timeMs: 0,
    atOnce: 64,
    makeFilm: async () => {
      const [nextClip] = await Promise.all([making, finishing.promise]);
      return nextClip();
    },
  },
});
const { url, region, bucket, credentials } = sandbox;
process.on('message', (message) => {
  if (message === 'finish') finishing.resolve();
});
process.once('disconnect', () => process.exit(0));
process.send?.({ url, region, bucket, ...credentials } satisfies ClipPlace);
