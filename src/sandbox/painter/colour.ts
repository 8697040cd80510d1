/** A colour as `#rrggbb`, lower case: the only notation in the painter, so that light can be laid over finished drawings. */
export type Colour = string;

/** One colour in the three lights a flat drawing needs. */
export interface Tone {
  readonly base: Colour;
  readonly dark: Colour;
  readonly light: Colour;
}

/** Parts that shine by themselves keep these colours whatever the hour. */
export const LAMP = '#ffd98b';
export const LAMP_CORE = '#fff1c7';

export type Channels = readonly [red: number, green: number, blue: number];

export function channels(colour: Colour): Channels {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function fromChannels([red, green, blue]: Channels): Colour {
  const value = (Math.round(red) << 16) | (Math.round(green) << 8) | Math.round(blue);
  return `#${value.toString(16).padStart(6, '0')}`;
}

/** `share` 0 gives `from`, 1 gives `to`. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const [red, green, blue] = channels(from);
  const [toRed, toGreen, toBlue] = channels(to);
  return fromChannels([red + (toRed - red) * share, green + (toGreen - green) * share, blue + (toBlue - blue) * share]);
}

export const lighten = (colour: Colour, share: number): Colour => mix(colour, '#ffffff', share);
export const darken = (colour: Colour, share: number): Colour => mix(colour, '#1c1633', share);

/** Hue in degrees, saturation and lightness from 0 to 1. */
export function fromHsl(hue: number, saturation: number, lightness: number): Colour {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const turn = (((offset + hue / 30) % 12) + 12) % 12;
    return 255 * (lightness - chroma * Math.max(-1, Math.min(turn - 3, 9 - turn, 1)));
  };
  return fromChannels([channel(0), channel(8), channel(4)]);
}

/** From 0 (black) to 1 (white), as the eye weighs it. */
export function luminance(colour: Colour): number {
  const [red, green, blue] = channels(colour);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

export function toneOf(base: Colour): Tone {
  return { base, dark: darken(base, 0.24), light: lighten(base, 0.3) };
}

/** Lays light or haze over a finished drawing: each of its colours moves towards `light`, lamps excepted. */
export function tint(drawing: string, light: Colour, share: number): string {
  if (share <= 0) return drawing;
  return drawing.replaceAll(/#[0-9a-f]{6}/g, (colour) => (colour === LAMP || colour === LAMP_CORE ? colour : mix(colour, light, share)));
}
