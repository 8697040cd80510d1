/**
 * What this window alone knows of requests: the pictures that were sent along, and how long it was said to take.
 * The server shows nobody what was sent, only what was made of it.
 */
export function createMemory() {
  const known = new Map();
  const change = (id, more) => known.set(id, { ...known.get(id), ...more });
  const isOpen = ({ state }) => state === 'queued' || state === 'running';
  return {
    accepted: ({ id, receipt }, pictures = []) =>
      change(id, {
        estimateMs: receipt.estimateMs,
        ...(pictures.length === 0 ? {} : { previews: pictures.map((picture) => URL.createObjectURL(picture)) }),
      }),
    of: (id) => known.get(id) ?? {},
    /** Nothing is kept of what has ended. */
    forget: (view) => {
      if (isOpen(view)) return;
      for (const preview of known.get(view.id)?.previews ?? []) URL.revokeObjectURL(preview);
      known.delete(view.id);
    },
  };
}
