import type { Colour } from './colour.ts';

/** Fill or stroke: a colour, or `url(#...)`, a gradient of the same drawing. */
export type Paint = Colour;

/** One decimal is finer than any screen shows, and keeps the drawing short. */
export function decimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const opacityOf = (opacity: number): string => (opacity < 1 ? ` opacity="${Math.round(opacity * 100) / 100}"` : '');

export function path(data: string, fill: Paint, opacity = 1): string {
  return `<path d="${data}" fill="${fill}"${opacityOf(opacity)}/>`;
}

/** An unfilled line with round ends. */
export function stroke(data: string, colour: Paint, width: number, opacity = 1): string {
  return `<path d="${data}" fill="none" stroke="${colour}" stroke-width="${decimal(width)}" stroke-linecap="round" stroke-linejoin="round"${opacityOf(opacity)}/>`;
}

export function circle(x: number, y: number, radius: number, fill: Paint, opacity = 1): string {
  return `<circle cx="${decimal(x)}" cy="${decimal(y)}" r="${decimal(radius)}" fill="${fill}"${opacityOf(opacity)}/>`;
}

export function ellipse(x: number, y: number, radiusX: number, radiusY: number, fill: Paint, opacity = 1): string {
  return `<ellipse cx="${decimal(x)}" cy="${decimal(y)}" rx="${decimal(radiusX)}" ry="${decimal(radiusY)}" fill="${fill}"${opacityOf(opacity)}/>`;
}

export function rect(x: number, y: number, width: number, height: number, fill: Paint, radius = 0, opacity = 1): string {
  const corner = radius > 0 ? ` rx="${decimal(radius)}"` : '';
  return `<rect x="${decimal(x)}" y="${decimal(y)}" width="${decimal(width)}" height="${decimal(height)}" fill="${fill}"${corner}${opacityOf(opacity)}/>`;
}

export interface Placing {
  readonly x: number;
  readonly y: number;
  readonly scale?: number;
  readonly flip?: boolean;
  readonly turnDegrees?: number;
}

/** Moves a drawing to its place; `flip` mirrors it left to right. */
export function place(drawing: string, { x, y, scale = 1, flip = false, turnDegrees = 0 }: Placing): string {
  const size = Math.round(scale * 1000) / 1000;
  const turn = turnDegrees === 0 ? '' : ` rotate(${decimal(turnDegrees)})`;
  return `<g transform="translate(${decimal(x)} ${decimal(y)})${turn} scale(${flip ? -size : size} ${size})">${drawing}</g>`;
}

export type Stop = readonly [offset: number, colour: Colour, opacity?: number];

/** Collects a drawing's gradients; each call adds one and answers how to refer to it. */
export interface Definitions {
  /** Top to bottom of the shape it fills. */
  vertical(...stops: readonly Stop[]): Paint;
  /** From the centre of the shape outwards. */
  radial(...stops: readonly Stop[]): Paint;
  text(): string;
}

export function createDefinitions(): Definitions {
  const made: string[] = [];
  const add = (element: 'linearGradient' | 'radialGradient', attributes: string, stops: readonly Stop[]): Paint => {
    const id = `g${made.length}`;
    const inner = stops.map(
      ([offset, colour, opacity = 1]) => `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    );
    made.push(`<${element} id="${id}"${attributes}>${inner.join('')}</${element}>`);
    return `url(#${id})`;
  };
  return {
    vertical: (...stops) => add('linearGradient', ' x1="0" y1="0" x2="0" y2="1"', stops),
    radial: (...stops) => add('radialGradient', '', stops),
    text: () => `<defs>${made.join('')}</defs>`,
  };
}
