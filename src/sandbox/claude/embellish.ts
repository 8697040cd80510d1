import { createHash } from 'node:crypto';

/** Things to say of the light in a scene; the first list whose words occur is used, and the last one fits any scene. */
const LIGHTS: readonly (readonly [scene: RegExp, lights: readonly string[]])[] = [
  [
    /night|midnight|moon|stars?\b|lantern/i,
    ['soft moonlight and warm lamplight', 'cool moonlit shadows with a warm glow', 'a quiet night sky and gentle highlights'],
  ],
  [/sunset|dusk|evening|twilight/i, ['long warm shadows of the evening', 'low golden light along the edges']],
  [/dawn|sunrise|morning/i, ['soft light of the early morning', 'low golden light from the horizon']],
  [/rain|storm|wet/i, ['diffuse light and wet reflections', 'a soft overcast glow with glistening surfaces']],
  [/snow|winter|ice/i, ['crisp cold light and pale shadows', 'soft diffuse winter light']],
  [/light|lit\b|sun|shadow|backlit|glow/i, ['gentle contrast', 'clear separation of foreground and background']],
  [/(?:)/, ['soft natural light', 'gentle afternoon light', 'warm side light with soft shadows', 'bright airy light']],
];
const FRAMINGS = [
  'balanced composition with depth',
  'eye-level view with a clear focal point',
  'wide framing with a calm background',
  'carefully layered foreground and background',
];
const MEDIUMS = [
  'detailed digital illustration',
  'natural photograph with shallow depth of field',
  'soft painterly rendering',
  'clean editorial illustration',
];
const CLIPS = ['slow steady push-in of the camera', 'camera drifting gently sideways', 'locked camera with subtle movement in the scene'];

const NAMES_FRAMING = /close-?up|wide[- ]angle|aerial|bird's[- ]eye|portrait|macro|low angle|composition|view/i;
const NAMES_MEDIUM =
  /photo|painting|watercolou?r|illustration|drawing|sketch|render|anime|cartoon|pixel|woodcut|lacquer|poster|logo|icon|vector|3d|cinematic|style|print/i;

/** A few words of light, framing and medium that the caption lacks: never a thing, a person or a colour. The same caption gets the same words. */
export function embellish(caption: string, medium: string, lengthMax: number): string {
  const digest = createHash('sha256').update(caption).digest();
  const pick = (choices: readonly string[], place: number): string => choices[(digest[place] ?? 0) % choices.length] ?? '';
  const lights = LIGHTS.find(([scene]) => scene.test(caption))?.[1] ?? [];
  const additions = [
    pick(lights, 0),
    ...(medium === 'video' ? [pick(CLIPS, 1)] : NAMES_FRAMING.test(caption) ? [] : [pick(FRAMINGS, 2)]),
    ...(medium === 'video' || NAMES_MEDIUM.test(caption) ? [] : [pick(MEDIUMS, 3)]),
  ];
  return additions.reduce((text, addition) => (text.length + addition.length + 2 <= lengthMax ? `${text}, ${addition}` : text), caption);
}
