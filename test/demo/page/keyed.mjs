const kept = new WeakMap();

/**
 * Makes the children of `parent` those of `items`, and leaves alone what has not changed: pictures do not flicker, and what has the focus keeps it.
 * @param {HTMLElement} parent
 * @param {readonly any[]} items
 * @param {(item: any) => string} keyOf
 * @param {(item: any) => Node} make called again for an item of the same key when anything in it has changed
 */
export function arrange(parent, items, keyOf, make) {
  const before = kept.get(parent) ?? new Map();
  const after = new Map();
  let next = parent.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    const text = JSON.stringify(item);
    const known = before.get(key);
    const node = known?.text === text ? known.node : make(item);
    if (known !== undefined && known.node !== node) {
      if (known.node === next) next = next.nextSibling;
      known.node.remove();
    }
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
    after.set(key, { text, node });
    before.delete(key);
  }
  for (const { node } of before.values()) node.remove();
  kept.set(parent, after);
}

const NEAR_END_PIXELS = 160;

/** Changes what a list shows; whoever was reading its end still is afterwards. */
export function stayAtEnd(list, change) {
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PIXELS;
  change();
  if (wasAtEnd) list.scrollTop = list.scrollHeight;
}
