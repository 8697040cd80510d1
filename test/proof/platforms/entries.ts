import type { Archive, Entry, HistoryQuery } from '#src/core/archive.ts';

const PAGE_LENGTH = 100;

/** Everything that was ever asked in a workspace or a server, by the seed that was asked for. */
export async function entriesBySeed(archive: Archive, tenant: string): Promise<ReadonlyMap<number, Entry>> {
  const found = new Map<number, Entry>();
  for (let before: HistoryQuery['before']; ;) {
    const page = await archive.history({ tenant, limit: PAGE_LENGTH, ...(before === undefined ? {} : { before }) });
    for (const entry of page) found.set(entry.request.options.seed ?? 0, entry);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_LENGTH) return found;
    before = { acceptedAt: last.request.acceptedAt, id: last.request.id };
  }
}
