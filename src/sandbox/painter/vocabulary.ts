import type { Colour } from './colour.ts';
import type { MotifName } from './motifs/catalogue.ts';

export type Hour = 'sunrise' | 'day' | 'sunset' | 'night' | 'neon' | 'grey' | 'winter';
export type Weather = 'rain' | 'snow' | 'fog' | 'storm';
export type Style = 'watercolour' | 'pixel' | 'ink';
export type PlaceName =
  | 'sea'
  | 'river'
  | 'market'
  | 'mountains'
  | 'karst'
  | 'terraces'
  | 'forest'
  | 'bambooGrove'
  | 'city'
  | 'village'
  | 'oldTown'
  | 'beach'
  | 'desert'
  | 'space'
  | 'underwater'
  | 'room'
  | 'hills';

/** What a word stands for. `absorb` takes a colour and does nothing with it: a red sky is not a red cat. */
export type Meaning =
  | { readonly kind: 'motif'; readonly name: MotifName }
  | { readonly kind: 'wear'; readonly name: 'aoDai' | 'nonLa' }
  | { readonly kind: 'place'; readonly name: PlaceName }
  | { readonly kind: 'hour'; readonly name: Hour }
  | { readonly kind: 'weather'; readonly name: Weather }
  | { readonly kind: 'style'; readonly name: Style }
  | { readonly kind: 'detail'; readonly name: 'sun' | 'moon' | 'stars' | 'clouds' | 'people' }
  | { readonly kind: 'colour'; readonly colour: Colour; readonly follows: boolean }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'negation' }
  | { readonly kind: 'absorb' };

/** English and Vietnamese names; the longest phrase wins, and Vietnamese is understood without its marks too. */
const MOTIF_WORDS: Readonly<Record<Exclude<MotifName, 'catInAoDai' | 'dogInAoDai' | 'emptyBoat'>, string>> = {
  cat: 'cat, kitten, kitty, mèo, mèo con',
  tiger: 'tiger, hổ, con hổ, cọp',
  dog: 'dog, puppy, corgi, chó, con chó, chú chó, cún, cún con',
  rabbit: 'rabbit, bunny, hare, thỏ',
  rooster: 'rooster, chicken, hen, cock, gà, gà trống, con gà',
  buffalo: 'buffalo, water buffalo, ox, cow, bull, trâu, con trâu, con bò',
  elephant: 'elephant, voi, con voi',
  horse: 'horse, pony, unicorn, ngựa',
  girlInAoDai: 'girl in ao dai, woman in ao dai, cô gái áo dài, thiếu nữ áo dài',
  woman: 'girl, woman, lady, princess, mother, cô gái, thiếu nữ, phụ nữ, người phụ nữ, công chúa, bà cụ, người mẹ',
  farmer: 'farmer, street vendor, vendor, nông dân, bác nông dân, gánh hàng rong, người bán hàng',
  person: 'person, man, boy, people, human, traveller, traveler, monk, samurai, warrior, người, người đàn ông, chàng trai, ông cụ, nhà sư',
  astronaut: 'astronaut, cosmonaut, spaceman, phi hành gia, nhà du hành',
  child: 'child, kid, children, baby, little girl, em bé, đứa trẻ, trẻ em, bé gái, cô bé',
  bird: 'bird, crane, stork, heron, swallow, gull, seagull, dove, eagle, nightingale, chim, con cò, cánh cò, họa mi, hoạ mi, chim họa mi, chim hoạ mi, đại bàng',
  butterfly: 'butterfly, bướm, bươm bướm',
  dragon: 'dragon, rồng, con rồng',
  kite: 'kite, diều, cánh diều, con diều',
  balloon: 'balloon, hot air balloon, airship, khinh khí cầu, bong bóng',
  airplane: 'airplane, aeroplane, plane, aircraft, jet, máy bay, phi cơ',
  rocket: 'rocket, spaceship, spacecraft, tên lửa, phi thuyền, tàu vũ trụ',
  lantern: 'lantern, lanterns, silk lantern, paper lantern, đèn lồng, đèn trời, đèn ông sao, hoa đăng',
  fish: 'fish, koi, carp, goldfish, clownfish, cá, con cá, cá chép, cá vàng, cá koi',
  boat: 'boat, canoe, sampan, rowboat, thuyền, con thuyền, chiếc thuyền, ghe, xuồng, con đò, chiếc đò',
  sailboat: 'sailboat, sailing boat, ship, yacht, junk, thuyền buồm, tàu buồm, con tàu, du thuyền',
  lotus: 'lotus, lotus flower, lotus flowers, lotuses, water lily, hoa sen, sen, bông sen, hoa súng',
  tree: 'tree, oak, old tree, banyan, cây, cái cây, cây đa, cây cổ thụ',
  pine: 'pine, pine tree, fir, christmas tree, cây thông, thông noel',
  palm: 'palm, palm tree, coconut tree, coconut palm, cây dừa, dừa, cây cọ',
  bamboo: 'bamboo, bamboos, tre, cây tre, trúc',
  blossom:
    'cherry blossom tree, peach blossom tree, apricot tree, peach blossom, cherry blossom, blossom, cherry tree, sakura, apricot blossom, hoa đào, cây đào, cành đào, hoa anh đào, anh đào, hoa mai, cây mai',
  flower: 'flower, sunflower, rose, tulip, daisy, hoa, bông hoa, hoa hướng dương, hướng dương, hoa hồng, hoa cúc',
  house: 'house, cottage, home, cabin, hut, nhà, ngôi nhà, căn nhà, nhà tranh',
  stiltHouse: 'stilt house, house on stilts, nhà sàn',
  pagoda: 'pagoda, temple, shrine, chùa, ngôi chùa, đền, ngôi đền, chùa một cột, tháp',
  bridge: 'bridge, golden bridge, cầu, cây cầu, chiếc cầu, cầu vàng, cầu thê húc',
  lighthouse: 'lighthouse, hải đăng, ngọn hải đăng',
  castle: 'castle, palace, fortress, lâu đài, cung điện, hoàng thành',
  car: 'car, taxi, automobile, truck, bus, ô tô, xe hơi, xe ô tô, xe buýt, xe tải',
  bicycle: 'bicycle, bike, cyclo, xe đạp, xích lô',
  motorbike: 'motorbike, motorcycle, scooter, vespa, moped, xe máy, xe mô tô, xe tay ga',
  train: 'train, locomotive, tram, tàu hỏa, tàu hoả, xe lửa, đoàn tàu',
  robot: 'robot, android, rô bốt, người máy',
  umbrella: 'umbrella, parasol, cái ô, chiếc ô, cây dù, dù',
  snowman: 'snowman, người tuyết',
  drum: 'drum, trống, cái trống, trống đồng, trống cơm',
  cup: 'cup, mug, coffee, tea, cup of coffee, cup of tea, cappuccino, latte, cà phê, ly cà phê, cốc cà phê, tách trà, cốc, tách, chén trà, trà',
  bowl: 'bowl, pho, noodle, noodle soup, bowl of pho, bowl of noodles, ramen, phở, bát phở, tô phở, tô, bún, bún bò, bát, hủ tiếu',
  banhChung: 'banh chung, banh tet, sticky rice cake, bánh chưng, bánh tét',
  mooncake: 'mooncake, moon cake, cake, bánh trung thu, bánh ngọt, bánh kem',
  book: 'book, notebook, sách, quyển sách, cuốn sách',
};

const PLACE_WORDS: Readonly<Record<PlaceName, string>> = {
  sea: 'sea, ocean, seascape, wave, island, biển, đại dương, sóng, hòn đảo, đảo',
  river:
    'river, lake, pond, stream, canal, hồ, hồ nước, ao, đầm, sông, dòng sông, con sông, bến sông, hồ gươm, hồ hoàn kiếm, sông hương, sông nước, kênh, suối',
  market: 'floating market, chợ nổi, cho noi',
  mountains: 'mountain, mountain range, peak, alps, himalaya, sapa, sa pa, fansipan, núi, ngọn núi, dãy núi, núi tuyết, đỉnh núi',
  karst:
    'ha long, ha long bay, halong, halong bay, karst, ninh binh, trang an, limestone, hạ long, vịnh hạ long, tràng an, ninh bình, tam cốc, vịnh',
  terraces:
    'rice terrace, rice terraces, rice field, rice paddy, paddy, paddy field, paddies, ruộng bậc thang, cánh đồng lúa, ruộng lúa, đồng lúa, ruộng, mù cang chải',
  bambooGrove: 'bamboo forest, bamboo grove, rừng tre, rừng trúc',
  forest: 'forest, wood, woods, woodland, jungle, rừng, khu rừng, cánh rừng, rừng thông, rừng rậm',
  city: 'city, skyline, cityscape, downtown, street, skyscraper, saigon, tokyo, new york, thành phố, phố, đường phố, phố xá, sài gòn, tòa nhà, toà nhà, nhà cao tầng, đô thị',
  village: 'village, countryside, town, market, chợ, làng, ngôi làng, làng quê, miền quê, thôn quê, hà nội, hanoi',
  oldTown: 'hoi an, ancient town, old town, riverside town, hội an, phố cổ, phố cổ hội an',
  beach: 'beach, seaside, shore, coast, bãi biển, bờ biển, bãi cát',
  desert: 'desert, dune, sahara, sa mạc, đồi cát, cồn cát, mũi né',
  space:
    'space, outer space, galaxy, planet, cosmos, universe, mars, on the moon, vũ trụ, không gian vũ trụ, thiên hà, hành tinh, sao hỏa, trên mặt trăng',
  underwater: 'underwater, under the sea, coral, coral reef, aquarium, dưới nước, dưới biển, đáy biển, san hô',
  room: 'room, table, kitchen, cafe, café, coffee shop, desk, restaurant, bàn, bàn ăn, trên bàn, quán cà phê, quán phở, căn phòng, nhà bếp, quán',
  hills:
    'hill, meadow, field, garden, park, valley, landscape, grass, đồi, ngọn đồi, cánh đồng, đồng cỏ, khu vườn, vườn, công viên, thung lũng, phong cảnh, bãi cỏ, đồng quê',
};

const HOUR_WORDS: Readonly<Record<Hour, string>> = {
  sunrise: 'sunrise, dawn, early morning, daybreak, bình minh, sáng sớm, rạng đông, buổi sáng, ban mai',
  day: 'day, daylight, noon, midday, sunny, summer, blue sky, morning, ban ngày, buổi trưa, trưa, trời nắng, nắng, mùa hè, trời xanh',
  sunset: 'sunset, dusk, evening, golden hour, twilight, autumn, hoàng hôn, chiều tà, buổi chiều, chiều, mùa thu',
  night:
    'night, midnight, moonlight, moonlit, nighttime, starry, starry night, đêm, ban đêm, buổi tối, đêm trăng, trăng sao, trung thu, đêm trung thu',
  neon: 'neon, cyberpunk, synthwave, vaporwave, đèn neon, đèn nê ông',
  grey: 'overcast, cloudy, gloomy, u ám, nhiều mây, âm u',
  winter: 'winter, mùa đông, christmas, noel, giáng sinh',
};

const WEATHER_WORDS: Readonly<Record<Weather, string>> = {
  rain: 'rain, rainy, raining, drizzle, mưa, cơn mưa, trời mưa, mưa phùn',
  snow: 'snow, snowy, snowing, snowfall, tuyết, tuyết rơi',
  fog: 'fog, foggy, mist, misty, haze, sương, sương mù, sương sớm, mờ sương',
  storm: 'storm, stormy, thunder, lightning, thunderstorm, bão, giông bão, sấm sét, dông',
};

const STYLE_WORDS: Readonly<Record<Style, string>> = {
  watercolour: 'watercolor, watercolour, aquarelle, màu nước',
  pixel: 'pixel, pixel art, 8 bit, 16 bit',
  ink: 'ink, ink wash, sketch, pencil, charcoal, line art, black and white, monochrome, tranh thủy mặc, thủy mặc, thuỷ mặc, đen trắng, phác thảo, bút chì',
};

const DETAIL_WORDS = {
  sun: 'sun, mặt trời',
  moon: 'moon, full moon, mặt trăng, trăng, vầng trăng, ánh trăng',
  stars: 'star, ngôi sao, vì sao',
  clouds: 'cloud, mây, đám mây',
  people: 'anybody, anyone, ai',
} as const;

/** English colours stand before their noun, Vietnamese ones after it. */
const COLOUR_WORDS: Readonly<Record<Colour, readonly [before: string, after: string]>> = {
  '#d9402f': ['red, crimson, scarlet', 'đỏ, màu đỏ, đỏ tươi'],
  '#f0883a': ['orange, ginger', 'màu cam, da cam, cam'],
  '#f5c034': ['yellow, golden, gold', 'vàng, màu vàng, vàng óng'],
  '#4a9f55': ['green, emerald', 'xanh lá, xanh lá cây, xanh lục, màu xanh lá'],
  '#2fa5a0': ['teal, turquoise, cyan', 'xanh ngọc, xanh lam ngọc'],
  '#3a78c4': ['blue, navy', 'xanh dương, xanh lam, xanh nước biển, xanh da trời, xanh, màu xanh'],
  '#8458b5': ['purple, violet', 'tím, màu tím'],
  '#ec86a5': ['pink', 'hồng, màu hồng'],
  '#8a5a40': ['brown', 'nâu, màu nâu'],
  '#3d3850': ['black', 'đen, màu đen, mun'],
  '#faf4ea': ['white', 'trắng, màu trắng'],
  '#938fa0': ['grey, gray, silver', 'xám, màu xám, bạc'],
};

const COUNT_WORDS: Readonly<Record<number, string>> = {
  1: '1, one, một, single',
  2: '2, two, pair, couple, both, hai, đôi, cặp',
  3: '3, three, ba, few, some, vài, những, các, mấy, hàng, rặng, lũy, luỹ',
  4: '4, four, bốn',
  5: '5, 6, 7, 8, 9, 10, five, six, seven, eight, nine, ten, dozen, several, many, flock, herd, group, năm, sáu, bảy, tám, chín, mười, chục, tá, nhiều, đàn, bầy',
};

const NEGATION_WORDS = 'no, not, without, except, exclude, không có, không, đừng, đừng có, trừ, bỏ, chẳng có, không vẽ';
const ABSORBING_WORDS =
  'sky, bầu trời, trời, eye, mắt, đôi mắt, roof, mái, mái ngói, hair, tóc, scarf, khăn, leaf, leaves, lá, light, đèn, hat, mũ, nón, dress, váy, shirt, áo, áo bà ba';

const listed = (words: string): readonly string[] => words.split(',').map((word) => word.trim());

function entriesOf<Name extends string>(
  table: Readonly<Record<Name, string>>,
  meaning: (name: Name) => Meaning,
): readonly (readonly [string, Meaning])[] {
  const names = Object.keys(table).filter((name): name is Name => name in table);
  return names.flatMap((name) => listed(table[name]).map((phrase) => [phrase, meaning(name)] as const));
}

/** Every phrase the painter knows, as it is written, with what it means. */
export const VOCABULARY: readonly (readonly [phrase: string, meaning: Meaning])[] = [
  ...entriesOf(MOTIF_WORDS, (name) => ({ kind: 'motif', name })),
  ...entriesOf({ aoDai: 'ao dai, áo dài', nonLa: 'non la, nón lá, conical hat' }, (name) => ({ kind: 'wear', name })),
  ...entriesOf(PLACE_WORDS, (name) => ({ kind: 'place', name })),
  ...entriesOf(HOUR_WORDS, (name) => ({ kind: 'hour', name })),
  ...entriesOf(WEATHER_WORDS, (name) => ({ kind: 'weather', name })),
  ...entriesOf(STYLE_WORDS, (name) => ({ kind: 'style', name })),
  ...entriesOf(DETAIL_WORDS, (name) => ({ kind: 'detail', name })),
  ...Object.entries(COLOUR_WORDS).flatMap(([colour, [before, after]]) => [
    ...listed(before).map((phrase) => [phrase, { kind: 'colour', colour, follows: false }] as const),
    ...listed(after).map((phrase) => [phrase, { kind: 'colour', colour, follows: true }] as const),
  ]),
  ...Object.entries(COUNT_WORDS).flatMap(([count, words]) =>
    listed(words).map((phrase) => [phrase, { kind: 'count', count: Number(count) }] as const),
  ),
  ...listed(NEGATION_WORDS).map((phrase) => [phrase, { kind: 'negation' }] as const),
  ...listed(ABSORBING_WORDS).map((phrase) => [phrase, { kind: 'absorb' }] as const),
];
