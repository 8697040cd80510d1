import sharp from 'sharp';
import type { ImageBlock, MessagesRequest } from './request.ts';

type Spoken = 'vi' | 'en';

/** What of a picture can be said from its pixels alone. */
interface Look {
  readonly colours: readonly (readonly [vi: string, en: string])[];
  readonly light: readonly [vi: string, en: string];
  readonly form: readonly [vi: string, en: string];
  readonly ground: readonly [vi: string, en: string];
}

const SAMPLE_PIXELS = 24;
const COLOURS_MAX = 3;
const SHARE_MIN = 0.06;

const NEUTRALS = { black: ['đen', 'black'], white: ['trắng', 'white'], grey: ['xám', 'grey'] } as const;
/** By where they begin on the circle of hues. */
const HUES: readonly (readonly [from: number, vi: string, en: string])[] = [
  [345, 'đỏ', 'red'],
  [290, 'hồng', 'pink'],
  [255, 'tím', 'purple'],
  [195, 'xanh dương', 'blue'],
  [160, 'xanh ngọc', 'teal'],
  [70, 'xanh lá', 'green'],
  [42, 'vàng', 'yellow'],
  [15, 'cam', 'orange'],
  [0, 'đỏ', 'red'],
];

/** Title, alternative text and prompts for the first picture of a request, from its colours, its light and its form. Undefined when there is none. */
export async function wordsForPicture(
  { messages }: MessagesRequest,
  language: Spoken,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const blocks = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const block = blocks.find((each): each is ImageBlock => each.type === 'image');
  return block === undefined ? undefined : wordsFor(await lookAt(Buffer.from(block.source.data, 'base64')), language);
}

async function lookAt(bytes: Uint8Array): Promise<Look> {
  const picture = sharp(bytes);
  const { width, height } = await picture.metadata();
  const sample = picture.flatten({ background: '#ffffff' }).toColourspace('srgb').resize(SAMPLE_PIXELS, SAMPLE_PIXELS, { fit: 'fill' });
  const pixels = pixelsOf(await sample.removeAlpha().raw().toBuffer());
  const lightness = pixels.reduce((sum, pixel) => sum + Math.max(...pixel) + Math.min(...pixel), 0) / pixels.length / 510;
  const edge = pixels.filter((_, index) => isEdge(index));
  return {
    colours: frequent(pixels, COLOURS_MAX),
    light:
      lightness < 0.35
        ? ['ánh sáng tối', 'dim light']
        : lightness > 0.7
          ? ['ánh sáng rực rỡ', 'bright light']
          : ['ánh sáng dịu', 'soft light'],
    form:
      width > height * 1.15
        ? ['khung ngang', 'wide framing']
        : height > width * 1.15
          ? ['khung dọc', 'tall framing']
          : ['khung vuông', 'square framing'],
    ground: frequent(edge, 1)[0] ?? NEUTRALS.grey,
  };
}

type Pixel = readonly [red: number, green: number, blue: number];

const pixelsOf = (raw: Uint8Array): readonly Pixel[] =>
  Array.from({ length: raw.length / 3 }, (_, index) => [raw[index * 3] ?? 0, raw[index * 3 + 1] ?? 0, raw[index * 3 + 2] ?? 0]);

const isEdge = (index: number): boolean =>
  index < SAMPLE_PIXELS ||
  index >= SAMPLE_PIXELS * (SAMPLE_PIXELS - 1) ||
  index % SAMPLE_PIXELS === 0 ||
  index % SAMPLE_PIXELS === SAMPLE_PIXELS - 1;

function frequent(pixels: readonly Pixel[], countMax: number): Look['colours'] {
  const counted = new Map<string, { readonly name: Look['ground']; count: number }>();
  for (const pixel of pixels) {
    const name = nameOf(pixel);
    const entry = counted.get(name[1]) ?? { name, count: 0 };
    entry.count += 1;
    counted.set(name[1], entry);
  }
  const sorted = [...counted.values()].toSorted((one, other) => other.count - one.count);
  return sorted
    .filter(({ count }, index) => index === 0 || count >= pixels.length * SHARE_MIN)
    .slice(0, countMax)
    .map(({ name }) => name);
}

function nameOf([red, green, blue]: Pixel): Look['ground'] {
  const [high, low] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const spread = high - low;
  if (high < 45) return NEUTRALS.black;
  if (spread < 28) return low > 205 ? NEUTRALS.white : NEUTRALS.grey;
  const sector = high === red ? (green - blue) / spread : high === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread;
  const hue = (sector * 60 + 360) % 360;
  const [, vi, en] = HUES.find(([from]) => hue >= from) ?? [0, 'đỏ', 'red'];
  return [vi, en];
}

function wordsFor({ colours, light, form, ground }: Look, language: Spoken): Readonly<Record<string, unknown>> {
  const at = language === 'vi' ? 0 : 1;
  const shapes = colours.filter((colour) => colour[at] !== ground[at]);
  const names = (shapes.length > 0 ? shapes : colours).map((colour) => colour[at]);
  const [tones, and] = language === 'vi' ? [`màu ${joined(names, 'và')}`, 'trên nền'] : [joined(names, 'and'), 'on a'];
  const scene = language === 'vi' ? `Những mảng ${tones} ${and} ${ground[0]}` : `Shapes in ${tones} ${and} ${ground[1]} ground`;
  const kinds = language === 'vi' ? VIETNAMESE_KINDS : ENGLISH_KINDS;
  return {
    title: language === 'vi' ? `Mảng ${tones}` : `Shapes in ${tones}`,
    alt_text: `${scene}, ${light[at]}, ${form[at]}.`,
    prompts: kinds.map((kind) => `${scene}, ${form[at]}, ${kind === '' ? light[at] : kind}`),
    refused: false,
  };
}

const VIETNAMESE_KINDS = [
  '',
  'ánh vàng lúc hoàng hôn, bóng đổ dài',
  'tranh màu nước nét mềm trên giấy',
  'cắt giấy nhiều lớp, góc nhìn gần',
];
const ENGLISH_KINDS = [
  '',
  'golden light at dusk with long shadows',
  'a soft watercolor on paper',
  'layered paper cutout, seen from close by',
];

const joined = (names: readonly string[], and: string): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1) ?? ''}`;
