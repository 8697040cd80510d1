import { shape } from './element.mjs';
import { language, word } from './words.mjs';

const WIDTH = 720;
const HEIGHT = 180;
const FOOT = 22;
const GAP = 4;

/** A bar for each day. The table beside it says the same in numbers, so to those who do not see it the chart is one picture with a name. */
export function drawChart(days) {
  const most = Math.max(...days.map(({ costMicros }) => costMicros), 1);
  const step = WIDTH / days.length;
  const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'numeric', timeZone: 'UTC' });
  const bars = days.map(({ costMicros, date: day, price }, index) => {
    const height = costMicros === 0 ? 2 : Math.max(4, (costMicros / most) * (HEIGHT - FOOT - 8));
    const bar = shape('rect', {
      x: index * step + GAP / 2,
      y: HEIGHT - FOOT - height,
      width: step - GAP,
      height,
      rx: 3,
      class: costMicros === 0 ? 'bar-none' : 'bar-spent',
    });
    bar.append(shape('title', {}, `${date.format(new Date(day))}: ${price}`));
    return bar;
  });
  const every = Math.ceil(days.length / 6);
  const labels = days.flatMap(({ date: day }, index) =>
    (days.length - 1 - index) % every === 0
      ? [
          shape(
            'text',
            {
              x: index * step + step / 2,
              y: HEIGHT - 5,
              'text-anchor': index === days.length - 1 ? 'end' : 'middle',
              dx: index === days.length - 1 ? step / 2 : 0,
            },
            date.format(new Date(day)),
          ),
        ]
      : [],
  );
  const spent = days.find(({ costMicros }) => costMicros === most);
  const name =
    spent === undefined ? word('chart-none') : word('chart-name', { day: date.format(new Date(spent.date)), price: spent.price });
  return shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'chart', role: 'img', 'aria-label': name }, ...bars, ...labels);
}
