import { circle, decimal, rect, stroke } from '../shapes.ts';
import type { Stage } from '../stage.ts';
import type { Weather } from '../vocabulary.ts';

/** What falls or drifts between the viewer and the scene. */
export function drawWeather(stage: Stage, weather: Weather): string {
  switch (weather) {
    case 'rain':
      return drawRain(stage);
    case 'snow':
      return drawSnow(stage);
    case 'fog':
      return drawFog(stage);
    case 'storm':
      return drawRain(stage);
  }
}

function drawRain(stage: Stage): string {
  const random = stage.random.fork('rain');
  const drops = Array.from({ length: 150 }, () => {
    const long = stage.unit * random.between(1.6, 4.2);
    return `M${decimal(random.between(-0.02, 1.06) * stage.width)} ${decimal(random.between(-0.05, 0.98) * stage.height)}l${decimal(-long * 0.22)} ${decimal(long)}`;
  });
  const rings = Array.from({ length: 14 }, () => {
    const [x, y, wide] = [
      random.next() * stage.width,
      random.between(stage.ground - stage.unit * 3, stage.height),
      stage.unit * random.between(0.9, 1.8),
    ];
    return `<ellipse cx="${decimal(x)}" cy="${decimal(y)}" rx="${decimal(wide)}" ry="${decimal(wide * 0.28)}" fill="none" stroke="#ffffff" stroke-width="${decimal(stage.unit * 0.14)}" opacity="0.5"/>`;
  });
  return stroke(drops.join(''), '#eef6fb', stage.unit * 0.17, 0.6) + rings.join('');
}

function drawSnow(stage: Stage): string {
  const random = stage.random.fork('snow');
  const flakes = Array.from({ length: 130 }, () =>
    circle(
      random.next() * stage.width,
      random.next() * stage.height,
      stage.unit * random.between(0.2, 0.75),
      '#ffffff',
      random.between(0.5, 0.95),
    ),
  );
  return flakes.join('');
}

function drawFog(stage: Stage): string {
  const random = stage.random.fork('fog');
  const haze = stage.palette.sky[3];
  const bands = Array.from({ length: 5 }, (_, index) => {
    const high = stage.unit * random.between(10, 17);
    const fill = stage.definitions.vertical([0, haze, 0], [0.5, haze, 0.55], [1, haze, 0]);
    return rect(0, stage.horizon - stage.unit * 16 + index * stage.unit * 7, stage.width, high, fill);
  });
  return bands.join('');
}

export function drawLightning(stage: Stage): string {
  const random = stage.random.fork('lightning');
  const [x, step] = [stage.width * random.between(0.2, 0.8), stage.horizon / 5];
  const bolt = `M${decimal(x)} ${decimal(step * 0.4)}l${decimal(-stage.unit * 4)} ${decimal(step * 1.5)}h${decimal(stage.unit * 3)}l${decimal(-stage.unit * 4)} ${decimal(step * 1.6)}`;
  return stroke(bolt, '#fff7c8', stage.unit * 2.2, 0.25) + stroke(bolt, '#fffbe6', stage.unit * 0.7);
}
