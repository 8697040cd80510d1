import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const factsSchema = z.strictObject({
  bucket: z.string(),
  key: z.string(),
  contentType: z.string(),
  etag: z.string(),
  bytesCount: z.int(),
  /** Epoch milliseconds. */
  modifiedAt: z.int(),
});

/** What is known of an object without reading its bytes. */
export type ObjectFacts = z.infer<typeof factsSchema>;

/** The facts of new bytes. */
export const describeObject = (
  place: Pick<ObjectFacts, 'bucket' | 'key'>,
  bytes: Buffer,
  contentType = 'application/octet-stream',
): ObjectFacts => ({
  ...place,
  contentType,
  etag: createHash('md5').update(bytes).digest('hex'),
  bytesCount: bytes.byteLength,
  modifiedAt: Date.now(),
});

export type PutOutcome = 'stored' | 'exists' | 'conflict';

export interface ObjectStore {
  /** Replaces an object, or with `onlyNew` says that it exists, or that somebody else is writing it just now. */
  put(facts: ObjectFacts, bytes: Buffer, onlyNew: boolean): Promise<PutOutcome>;
  facts(bucket: string, key: string): ObjectFacts | undefined;
  bytes(facts: ObjectFacts): Promise<Buffer>;
  remove(bucket: string, key: string): Promise<void>;
  /** Sorted by the bytes of the key, as S3 lists. */
  list(bucket: string): readonly ObjectFacts[];
}

/** Where the bytes of objects are kept; the facts are in memory either way. */
interface Shelf {
  save(name: string, facts: ObjectFacts, bytes: Buffer): Promise<void>;
  load(name: string): Promise<Buffer>;
  drop(name: string): Promise<void>;
}

function memoryShelf(): Shelf {
  const contents = new Map<string, Buffer>();
  return {
    async save(name, _facts, bytes) {
      contents.set(name, bytes);
    },
    load: async (name) => contents.get(name) ?? Buffer.alloc(0),
    async drop(name) {
      contents.delete(name);
    },
  };
}

/** The facts are written last: an object is there when they are. */
function diskShelf(folder: string): Shelf {
  const write = async (name: string, data: Buffer | string): Promise<void> => {
    const unfinished = join(folder, `${name}.${randomUUID()}.part`);
    await writeFile(unfinished, data);
    await rename(unfinished, join(folder, name));
  };
  return {
    async save(name, facts, bytes) {
      await write(`${name}.bin`, bytes);
      await write(`${name}.json`, JSON.stringify(facts));
    },
    load: (name) => readFile(join(folder, `${name}.bin`)),
    async drop(name) {
      await rm(join(folder, `${name}.json`), { force: true });
      await rm(join(folder, `${name}.bin`), { force: true });
    },
  };
}

async function readFacts(folder: string): Promise<ObjectFacts[]> {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(names.map(async (name) => factsSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))));
}

/** A key may be longer than a file's name and contain anything. */
const shelfName = (bucket: string, key: string): string => createHash('sha256').update(`${bucket}/${key}`).digest('hex');

/** Objects in memory, or in a folder where the next start finds them again. */
export async function createObjectStore(folder: string | undefined): Promise<ObjectStore> {
  const shelf = folder === undefined ? memoryShelf() : diskShelf(folder);
  const known = folder === undefined ? [] : await readFacts(folder);
  const index = new Map(known.map((facts) => [shelfName(facts.bucket, facts.key), facts]));
  const beingWritten = new Set<string>();
  return {
    async put(facts, bytes, onlyNew) {
      const name = shelfName(facts.bucket, facts.key);
      if (onlyNew && index.has(name)) return 'exists';
      if (beingWritten.has(name)) return 'conflict';
      beingWritten.add(name);
      try {
        await shelf.save(name, facts, bytes);
        index.set(name, facts);
      } finally {
        beingWritten.delete(name);
      }
      return 'stored';
    },
    facts: (bucket, key) => index.get(shelfName(bucket, key)),
    bytes: (facts) => shelf.load(shelfName(facts.bucket, facts.key)),
    async remove(bucket, key) {
      const name = shelfName(bucket, key);
      index.delete(name);
      await shelf.drop(name);
    },
    list(bucket) {
      const found = [...index.values()].filter((facts) => facts.bucket === bucket);
      return found.toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    },
  };
}
