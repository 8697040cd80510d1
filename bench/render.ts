import type { Figure, Target } from './figure.ts';

/** The same figure of the control, if it was taken before. */
const controlOf = ({ name, configuration }: Figure, all: readonly Figure[]): Figure | undefined =>
  configuration === 'control' ? undefined : all.find((one) => one.configuration === 'control' && one.name === name);

/** One figure as a line that machines read. What does not apply is null. */
export function renderJson(figure: Figure, all: readonly Figure[]): string {
  const { target = null, met = null, ...measured } = figure;
  const control = controlOf(figure, all);
  return JSON.stringify({ ...measured, target, met, control: control === undefined ? null : { median: control.median, p99: control.p99 } });
}

/** All figures as a table in Markdown. Where there is one value, it stands alone. */
export function renderTable(all: readonly Figure[]): string {
  const rows = all.map((figure) => {
    const { name, configuration, unit, median, p99, n, target, met, load } = figure;
    const value = median === p99 ? `${median}` : `${median} / ${p99}`;
    const verdict = met === undefined ? '' : met ? 'met' : '**missed**';
    return [name, configuration, value, unit, String(n), target === undefined ? '' : renderTarget(target), verdict, String(load)];
  });
  const head = ['figure', 'configuration', 'median / p99', 'unit', 'n', 'target', '', 'load'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function renderTarget({ median, p99, atLeast }: Target): string {
  const round = (value: number): number => Math.round(value * 10) / 10;
  const first = `${atLeast === true ? '≥' : '≤'} ${round(median)}`;
  return p99 === undefined || p99 === median ? first : `${first} / ${round(p99)}`;
}
