import { mix } from './colour.ts';
import { drawSlot } from './layout.ts';
import { MOTIFS } from './motifs/catalogue.ts';
import { bamboo, pine, tree } from './motifs/plants.ts';
import type { Slot } from './motifs/motif.ts';
import { drawBushes, drawFloatingLights, drawShore, drawSurface, type Surface } from './places/ground.ts';
import { drawDunes, drawHills, drawKarst, drawMountains, drawTerraces } from './places/land.ts';
import { drawFarBirds, drawSky } from './places/sky.ts';
import { drawCity, drawForest, drawMarketBank, drawMarketBoats, drawVillage } from './places/town.ts';
import { drawLightning, drawWeather } from './places/weather.ts';
import { drawAbstract, drawRoom, drawSpace, drawTable, drawUnderwater } from './places/worlds.ts';
import { ellipse } from './shapes.ts';
import type { Stage } from './stage.ts';
import type { PlaceName } from './vocabulary.ts';
import type { Subject, Wish } from './wish.ts';

export interface Layers {
  readonly backdrop: string;
  readonly subjects: string;
}

interface Setting {
  readonly surface: Surface;
  /** What stands on the horizon. */
  back(stage: Stage): string;
}

/** Tall enough to be seen again in still water. */
const MIRRORED: readonly PlaceName[] = ['karst', 'mountains', 'oldTown', 'city'];

const nothing = (): string => '';

/** The open places: what is behind, and what is underfoot. Space, the deep and a room are whole worlds of their own. */
const SETTINGS: Readonly<Record<Exclude<PlaceName, 'space' | 'underwater' | 'room'>, Setting>> = {
  sea: { surface: 'water', back: nothing },
  river: { surface: 'water', back: drawHills },
  market: { surface: 'water', back: drawMarketBank },
  mountains: { surface: 'grass', back: drawMountains },
  karst: { surface: 'water', back: drawKarst },
  terraces: { surface: 'paddy', back: drawMountains },
  forest: { surface: 'grass', back: (stage) => drawForest(stage, stage.random.fork('trees').pick(pine, tree)) },
  bambooGrove: { surface: 'grass', back: (stage) => drawForest(stage, bamboo) },
  city: { surface: 'street', back: drawCity },
  village: { surface: 'grass', back: drawVillage },
  oldTown: { surface: 'water', back: drawVillage },
  beach: { surface: 'water', back: nothing },
  desert: { surface: 'sand', back: drawDunes },
  hills: { surface: 'grass', back: drawHills },
};

export function layersOf(stage: Stage, wish: Wish): Layers {
  const falling = wish.weather === undefined ? '' : drawWeather(stage, wish.weather);
  if (wish.unknown) return { backdrop: drawSky(stage, false) + drawAbstract(stage), subjects: '' };
  const place = wish.place ?? fittingPlace(stage, wish.subjects);
  switch (place) {
    case 'space':
      return { backdrop: drawSpace(stage), subjects: everything(stage, wish, ['back', 'sky', 'water', 'under', 'front', 'table']) };
    case 'underwater':
      return { backdrop: drawUnderwater(stage), subjects: everything(stage, wish, ['back', 'water', 'sky', 'under', 'front', 'table']) };
    case 'room':
      return {
        backdrop: drawSky(stage) + drawRoom(stage, falling) + drawTable(stage),
        subjects: everything(stage, wish, ['sky', 'back', 'water', 'under', 'front', 'table']),
      };
    default:
      return outdoors(stage, wish, place, falling);
  }
}

function has(subjects: readonly Subject[], slot: Slot): boolean {
  return subjects.some(({ motif }) => MOTIFS[motif].slot === slot);
}

const everything = (stage: Stage, wish: Wish, slots: readonly Slot[]): string =>
  slots.map((slot) => drawSlot(stage, slot, wish.subjects)).join('');

function outdoors(stage: Stage, wish: Wish, place: keyof typeof SETTINGS, falling: string): Layers {
  const { surface: usual } = SETTINGS[place];
  const wet = has(wish.subjects, 'water') || has(wish.subjects, 'under');
  const surface: Surface = wet && usual !== 'paddy' ? 'water' : wish.weather === 'snow' && usual === 'grass' ? 'snow' : usual;
  return {
    backdrop: scenery(stage, wish, place, surface),
    subjects: (surface === 'water' ? afloat(stage, wish, place) : ashore(stage, wish)) + (wish.weather === 'fog' ? '' : falling),
  };
}

/** Everything that nobody asked for by name. Fog is part of it: it hides what is far, and not who is asked for. */
function scenery(stage: Stage, wish: Wish, place: keyof typeof SETTINGS, surface: Surface): string {
  const back = SETTINGS[place].back(stage);
  const dark = stage.hour === 'night' || stage.hour === 'neon';
  return [
    drawSky(stage),
    wish.weather === 'storm' ? drawLightning(stage) : '',
    drawFarBirds(stage),
    surface === 'paddy' ? drawTerraces(stage) : drawSurface(stage, surface),
    surface === 'water' && MIRRORED.includes(place) ? drawMirror(stage, back) : '',
    back,
    place === 'market' ? drawMarketBoats(stage) : '',
    place === 'oldTown' && dark ? drawFloatingLights(stage) : '',
    surface === 'grass' && !has(wish.subjects, 'front') ? drawBushes(stage) : '',
    wish.weather === 'fog' ? drawWeather(stage, 'fog') : '',
  ].join('');
}

/** On land everybody stands on the same ground. */
function ashore(stage: Stage, wish: Wish): string {
  const table = has(wish.subjects, 'table') ? drawTable(stage) : '';
  return everything(stage, wish, ['sky', 'back', 'water']) + table + everything(stage, wish, ['under', 'front', 'table']);
}

/** By the water: what stands behind gets a bank to stand on, and so do those in front. */
function afloat(stage: Stage, wish: Wish, place: PlaceName): string {
  const beach = place === 'beach';
  const sandy = beach || place === 'sea';
  const shore = beach || has(wish.subjects, 'front') ? drawShore(stage, place === 'market' ? 'planks' : sandy ? 'sand' : 'grass') : '';
  const table = has(wish.subjects, 'table') ? drawTable(stage) : '';
  const sky = drawSlot(stage, 'sky', wish.subjects);
  const near = everything(stage, wish, ['under', 'front', 'table']);
  const water = drawSlot(stage, 'water', wish.subjects);
  if (beach) return sky + water + shore + drawSlot(stage, 'back', wish.subjects, stage.ground - stage.unit * 2.4) + table + near;
  const islet = has(wish.subjects, 'back') ? drawIslet(stage) : '';
  return sky + islet + drawSlot(stage, 'back', wish.subjects) + water + shore + table + near;
}

/** What stands on the horizon, upside down and pale in still water. */
function drawMirror(stage: Stage, drawing: string): string {
  return `<g opacity="0.26" transform="translate(0 ${stage.horizon * 1.62}) scale(1 -0.62)">${drawing}</g>`;
}

/** A low bank across the water for what stands behind. */
function drawIslet(stage: Stage): string {
  const y = stage.horizon + (stage.height - stage.horizon) * 0.24;
  const green = mix(stage.palette.land[1], stage.palette.hills[2], 0.15);
  return (
    ellipse(stage.width / 2, y + stage.unit * 1.4, stage.width * 0.62, stage.unit * 4, mix(green, '#1c1633', 0.2)) +
    ellipse(stage.width / 2, y + stage.unit * 0.8, stage.width * 0.62, stage.unit * 3.6, green)
  );
}

/** Where a thing is usually met, when no place was named. */
function fittingPlace(stage: Stage, subjects: readonly Subject[]): PlaceName {
  const random = stage.random.fork('place');
  const names = subjects.map(({ motif }) => motif);
  const any = (...wanted: readonly Subject['motif'][]): boolean => wanted.some((name) => names.includes(name));
  if (any('fish') && !has(subjects, 'water') && !has(subjects, 'front')) return 'underwater';
  if (any('rocket')) return 'space';
  if (any('lighthouse', 'sailboat')) return 'sea';
  if (has(subjects, 'water')) return random.pick<PlaceName>('river', 'karst', 'river');
  if (has(subjects, 'table') && !has(subjects, 'front')) return 'room';
  if (any('buffalo', 'farmer')) return random.pick<PlaceName>('terraces', 'hills');
  if (any('robot', 'motorbike', 'car')) return 'city';
  if (any('dragon')) return random.pick<PlaceName>('karst', 'mountains');
  if (any('lantern')) return 'oldTown';
  if (any('child', 'rooster')) return 'village';
  if (any('pagoda', 'castle', 'bridge')) return random.pick<PlaceName>('river', 'mountains', 'hills');
  return random.pick<PlaceName>('hills', 'hills', 'mountains', 'village');
}
