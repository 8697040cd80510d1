import { buffalo, cat, dog, elephant, horse, rabbit, rooster, tiger } from './animals.ts';
import { bridge, castle, house, lighthouse, pagoda, stiltHouse } from './buildings.ts';
import { bird, butterfly, dragon, fish } from './flyers.ts';
import type { Motif } from './motif.ts';
import { astronaut, catInAoDai, child, dogInAoDai, farmer, girlInAoDai, person, woman } from './people.ts';
import { bamboo, blossom, flower, lotus, palm, pine, tree } from './plants.ts';
import { banhChung, book, bowl, mooncake, cup, drum, kite, lantern, robot, snowman, umbrella } from './things.ts';
import { airplane, balloon, bicycle, boat, car, emptyBoat, motorbike, rocket, sailboat, train } from './vehicles.ts';

/** Everything that can be painted: one line per motif. */
export const MOTIFS = {
  cat: { slot: 'front', wide: 66, size: 44, colours: ['#f0a35c', '#8c8799', '#f2dcc0', '#5a5266'], draw: cat },
  tiger: { slot: 'front', wide: 66, size: 50, colours: ['#f09a3e'], draw: tiger },
  dog: { slot: 'front', wide: 62, size: 44, colours: ['#c98d5a', '#e2b46f', '#8a6b58'], draw: dog },
  rabbit: { slot: 'front', wide: 60, size: 36, colours: ['#f3ece2', '#c9b7a6', '#a9a3b5'], draw: rabbit },
  rooster: { slot: 'front', wide: 96, size: 34, colours: ['#c2512f', '#a8452f'], draw: rooster },
  buffalo: { slot: 'front', wide: 160, size: 34, colours: ['#6d6675', '#5d5a66'], draw: buffalo },
  elephant: { slot: 'front', wide: 140, size: 46, colours: ['#8d93a8', '#a39bab'], draw: elephant },
  horse: { slot: 'front', wide: 116, size: 44, colours: ['#a5673f', '#d3b48c', '#6d4a3c'], draw: horse },
  catInAoDai: { slot: 'front', wide: 56, size: 58, colours: ['#d9483b', '#3f7fb5', '#e58f9c'], draw: catInAoDai },
  dogInAoDai: { slot: 'front', wide: 56, size: 58, colours: ['#3f7fb5', '#d9483b', '#4f9a83'], draw: dogInAoDai },
  girlInAoDai: { slot: 'front', wide: 44, size: 60, colours: ['#fbf3ea', '#d9483b', '#7a64b5', '#e58f9c', '#4f9ab0'], draw: girlInAoDai },
  farmer: { slot: 'front', wide: 122, size: 50, colours: ['#8a5a44', '#4f7a6a', '#6a5a8c'], draw: farmer },
  person: { slot: 'front', wide: 34, size: 52, colours: ['#e0745a', '#3f8fa5', '#e2a93f', '#6a78b5'], draw: person },
  astronaut: { slot: 'front', wide: 66, size: 50, colours: ['#e5694a', '#3f7fc0'], draw: astronaut },
  woman: { slot: 'front', wide: 38, size: 52, colours: ['#e0745a', '#4f9ab0', '#8a6ab5', '#e2a93f'], draw: woman },
  child: { slot: 'front', wide: 62, size: 36, colours: ['#f2a03f', '#ef8fa3', '#5ab2a8'], draw: child },
  bird: { slot: 'sky', wide: 170, size: 20, colours: ['#fbf7ef', '#e8eef5'], draw: bird },
  butterfly: { slot: 'sky', wide: 100, size: 16, colours: ['#f2923f', '#6a8fe0', '#c86ac0'], draw: butterfly },
  dragon: { slot: 'sky', wide: 250, size: 36, colours: ['#2f9a78', '#d1493a', '#3f7fc0'], draw: dragon },
  kite: { slot: 'sky', wide: 70, size: 22, colours: ['#e5533f', '#f2b03f', '#4f9ac0'], draw: kite },
  balloon: { slot: 'sky', wide: 84, size: 32, colours: ['#e5533f', '#f2a03f', '#3f9ab5', '#c85a9a'], draw: balloon },
  airplane: { slot: 'sky', wide: 200, size: 18, colours: ['#3f7fc0', '#e5533f'], draw: airplane },
  rocket: { slot: 'sky', wide: 58, size: 40, colours: ['#e5533f', '#3f7fc0'], draw: rocket },
  lantern: { slot: 'sky', wide: 84, size: 22, colours: ['#e0473a', '#f2a03f', '#d95a8c'], draw: lantern },
  fish: { slot: 'under', wide: 136, size: 30, colours: ['#f28a3a', '#f2b83f', '#e5604f', '#3f9ac5'], draw: fish },
  boat: { slot: 'water', wide: 210, size: 20, colours: ['#8a5a3c', '#6b4636', '#7a5a48'], draw: boat },
  emptyBoat: { slot: 'water', wide: 210, size: 20, colours: ['#8a5a3c', '#6b4636', '#7a5a48'], draw: emptyBoat },
  sailboat: { slot: 'water', wide: 104, size: 34, colours: ['#fff3dc', '#e5695a', '#f2b84b'], draw: sailboat },
  lotus: { slot: 'water', wide: 136, size: 30, colours: ['#f08fae', '#ee7f9f', '#f6b3c6'], draw: lotus },
  tree: { slot: 'back', wide: 80, size: 46, colours: ['#4f9a5c', '#6aa84f', '#3d8a6a'], draw: tree },
  pine: { slot: 'back', wide: 62, size: 46, colours: ['#3d7f64', '#4a8a5c'], draw: pine },
  palm: { slot: 'back', wide: 100, size: 54, colours: ['#4f9a5c', '#3d8a6a'], draw: palm },
  bamboo: { slot: 'back', wide: 66, size: 60, colours: ['#6aa84f', '#4f9a5c'], draw: bamboo },
  blossom: { slot: 'back', wide: 92, size: 56, colours: ['#f090ae', '#ee7f9f'], draw: blossom },
  flower: { slot: 'front', wide: 62, size: 34, colours: ['#f5b92f', '#e5604f', '#c86ac0', '#f08fae'], draw: flower },
  house: { slot: 'back', wide: 114, size: 38, colours: ['#ecd9b4', '#d9c4d0', '#bcd3d0'], draw: house },
  stiltHouse: { slot: 'back', wide: 112, size: 38, colours: ['#a97a54', '#94684a'], draw: stiltHouse },
  pagoda: { slot: 'back', wide: 104, size: 52, colours: ['#e6b04f', '#d98a4a', '#ecc98a'], draw: pagoda },
  bridge: { slot: 'back', wide: 240, size: 22, colours: ['#c9483b', '#a97a54', '#d9a441'], draw: bridge },
  lighthouse: { slot: 'back', wide: 76, size: 60, colours: ['#d9483b', '#3f6fb5'], draw: lighthouse },
  castle: { slot: 'back', wide: 122, size: 48, colours: ['#c9bfd6', '#d9c9b0'], draw: castle },
  car: { slot: 'front', wide: 190, size: 26, colours: ['#e5533f', '#3f8fc0', '#f2b03f', '#4fa58a'], draw: car },
  bicycle: { slot: 'front', wide: 150, size: 32, colours: ['#3f9a8f', '#e5533f', '#3f7fc0'], draw: bicycle },
  motorbike: { slot: 'front', wide: 150, size: 34, colours: ['#e5533f', '#3f7fc0', '#4fa58a'], draw: motorbike },
  train: { slot: 'front', wide: 220, size: 28, colours: ['#c9483b', '#3f7fa5'], draw: train },
  robot: { slot: 'front', wide: 78, size: 48, colours: ['#5ab2c0', '#f2a24f', '#9aa5d9'], draw: robot },
  umbrella: { slot: 'front', wide: 100, size: 36, colours: ['#e5533f', '#f2b03f', '#4f8fc0'], draw: umbrella },
  snowman: { slot: 'front', wide: 76, size: 44, colours: ['#d9483b', '#3f8f6a'], draw: snowman },
  drum: { slot: 'front', wide: 90, size: 34, colours: ['#c9402f'], draw: drum },
  cup: { slot: 'table', wide: 92, size: 42, colours: ['#f2ead9', '#5ab2a8', '#e5816a'], draw: cup },
  bowl: { slot: 'table', wide: 136, size: 46, colours: ['#f7f3ea', '#e8eef5'], draw: bowl },
  banhChung: { slot: 'table', wide: 110, size: 40, colours: ['#4f8a4f'], draw: banhChung },
  mooncake: { slot: 'table', wide: 94, size: 34, colours: ['#d99a4a'], draw: mooncake },
  book: { slot: 'table', wide: 122, size: 34, colours: ['#b5483f', '#3f6fa5'], draw: book },
} as const satisfies Readonly<Record<string, Motif>>;

export type MotifName = keyof typeof MOTIFS;
