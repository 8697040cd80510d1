export type Point = readonly [x: number, y: number];

/** Everything that can be reached from the points, step by step over what `passes` lets through from where it began: 1 there, 0 elsewhere. */
export function spreadFrom(
  from: readonly Point[],
  { width, height }: { readonly width: number; readonly height: number },
  passes: (beganAt: number, index: number) => boolean,
): Uint8Array {
  const reached = new Uint8Array(width * height);
  const open = from.map(([x, y]) => ({ beganAt: y * width + x, index: y * width + x }));
  for (const { index } of open) reached[index] = 1;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { beganAt, index } = next;
    for (const near of neighbours(index, width, height)) {
      if (reached[near] === 1 || !passes(beganAt, near)) continue;
      reached[near] = 1;
      open.push({ beganAt, index: near });
    }
  }
  return reached;
}

function neighbours(index: number, width: number, height: number): readonly number[] {
  const [x, y] = [index % width, Math.floor(index / width)];
  return [
    ...(x > 0 ? [index - 1] : []),
    ...(x < width - 1 ? [index + 1] : []),
    ...(y > 0 ? [index - width] : []),
    ...(y < height - 1 ? [index + width] : []),
  ];
}
