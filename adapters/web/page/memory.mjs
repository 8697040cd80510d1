/**
 * What this window alone knows of requests: the picture that was sent along, and how long it was said to take.
 * The server shows nobody what was sent, only what was made of it.
 */
export function createMemory() {
  const known = new Map();
  const change = (id, more) => known.set(id, { ...known.get(id), ...more });
  return {
    accepted: ({ id, receipt }, picture) =>
      change(id, { estimateMs: receipt.estimateMs, ...(picture === undefined ? {} : { preview: URL.createObjectURL(picture) }) }),
    of: (id) => known.get(id) ?? {},
    /** Nothing is kept of what has ended. */
    forget: ({ id, answer, state }) => {
      if (answer === undefined && state !== 'refused' && state !== 'removed') return;
      const { preview } = known.get(id) ?? {};
      if (preview !== undefined) URL.revokeObjectURL(preview);
      known.delete(id);
    },
  };
}
