import { z } from 'zod';
import { queryPairs } from '../canonical.ts';
import { escapeXml, xmlReply } from './errors.ts';
import type { Reply } from '../http.ts';
import type { ObjectFacts } from './store.ts';

const KEYS_MAX = 1000;

const querySchema = z.object({
  prefix: z.string().default(''),
  'max-keys': z.coerce.number().pipe(z.int().min(0)).default(KEYS_MAX),
  'start-after': z.string().default(''),
  'continuation-token': z.string().optional(),
  'encoding-type': z.literal('url').optional(),
});

const tokenFor = (key: string): string => Buffer.from(key).toString('base64url');
const keyOf = (token: string): string => Buffer.from(token, 'base64url').toString();

/** One page of ListObjectsV2. Undefined when the query is not understood. */
export function listReply(bucket: string, query: string, objects: readonly ObjectFacts[]): Reply | undefined {
  const parsed = querySchema.safeParse(Object.fromEntries(queryPairs(query)));
  if (!parsed.success) return undefined;
  const { prefix, 'max-keys': asked, 'continuation-token': token } = parsed.data;
  const keysMax = Math.min(asked, KEYS_MAX);
  const after = Buffer.from(token === undefined ? parsed.data['start-after'] : keyOf(token));
  const rest = objects.filter(
    ({ key }) => key.startsWith(prefix) && (after.byteLength === 0 || Buffer.compare(Buffer.from(key), after) > 0),
  );
  const page = rest.slice(0, keysMax);
  const last = page.at(-1);
  const truncated = rest.length > page.length && last !== undefined;
  const shown = (text: string): string => (parsed.data['encoding-type'] === 'url' ? encodeURIComponent(text) : escapeXml(text));
  const contents = page.map(
    (facts) =>
      `<Contents><Key>${shown(facts.key)}</Key><LastModified>${new Date(facts.modifiedAt).toISOString()}</LastModified>` +
      `<ETag>&quot;${facts.etag}&quot;</ETag><Size>${facts.bytesCount}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  return xmlReply(
    200,
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><Prefix>${shown(prefix)}</Prefix>` +
      `<KeyCount>${page.length}</KeyCount><MaxKeys>${keysMax}</MaxKeys><IsTruncated>${truncated}</IsTruncated>` +
      (truncated ? `<NextContinuationToken>${tokenFor(last.key)}</NextContinuationToken>` : '') +
      `${contents.join('')}</ListBucketResult>`,
  );
}
