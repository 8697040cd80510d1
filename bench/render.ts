import type { Figure, Target } from './figure.ts';

/** The same figure of the control, if it was taken before. */
const controlOf = ({ name, configuration }: Figure, all: readonly Figure[]): Figure | undefined =>
  configuration === 'control' ? undefined : all.find((one) => one.configuration === 'control' && one.name === name);

/** One figure as a line that machines read. What does not apply is null. */
export function renderJson(figure: Figure, all: readonly Figure[]): string {
  const { target = null, met = null, ...measured } = figure;
  const control = controlOf(figure, all);
  return JSON.stringify({
    ...measured,
    target,
    met,
    control: control === undefined ? null : { median: control.median, p95: control.p95, p99: control.p99, most: control.most },
  });
}

/** All figures as a table in Markdown. Where there is one value, it stands alone. */
export function renderTable(all: readonly Figure[]): string {
  const rows = all.map((figure) => {
    const { name, configuration, unit, median, p95, p99, most, n, target, met, load } = figure;
    const value = median === most ? `${median}` : [median, p95, p99, most].join(' / ');
    const verdict = met === undefined ? '' : met ? 'met' : '**missed**';
    return [name, configuration, value, unit, String(n), target === undefined ? '' : renderTarget(target), verdict, String(load)];
  });
  const head = ['figure', 'configuration', 'median / p95 / p99 / worst', 'unit', 'n', 'target', '', 'load'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What nothing was promised about is left out. */
function renderTarget({ median, p95, p99, most, atLeast }: Target): string {
  const round = (value: number): number => Math.round(value * 10) / 10;
  const named = { '': median, 'p95 ': p95, 'p99 ': p99, 'worst ': most };
  const parts = Object.entries(named).map(([name, value]) =>
    value === undefined ? '' : `${name}${atLeast === true ? '≥' : '≤'} ${round(value)}`,
  );
  return parts.filter((part) => part !== '').join(', ');
}
