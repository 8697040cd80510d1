import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { createS3Outputs } from '#workers/blobs/s3-outputs.ts';

/** A process of its own that fetches one clip and says how much more memory that took than nothing did. */
const [options = '', uri = '', id = '', into = ''] = process.argv.slice(2);
const credentials = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });
const place = z.object({ bucket: z.string(), region: z.string(), endpoint: z.string(), credentials }).parse(JSON.parse(options));
const never = new AbortController().signal;
const outputs = createS3Outputs(place);
const kilobytes = (): number => process.resourceUsage().maxRSS;

// The small one has everything loaded that the large one needs.
await outputs.fetch(uri.replace('large', 'small'), id, into, never);
const before = kilobytes();
await outputs.fetch(uri, id, into, never);
console.log(JSON.stringify({ grownBytes: (kilobytes() - before) * 1024, sizeBytes: (await stat(into)).size }));
outputs.close();
