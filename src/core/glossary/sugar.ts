const DRINK = 'cà phê|ca phe|cafe|trà|tra|sữa|sua|cacao|ca cao|sinh tố|sinh to|nước cam|nuoc cam|nước ép|nuoc ep|kem|chè|che';
const KIND = 'đen|den|đá|da|nóng|nong|xanh|sữa|sua|chanh|đào|dao|phin|tươi|tuoi';
const UNSWEETENED = new RegExp(
  `(?<![\\p{L}\\p{M}])((?:${DRINK})(?: (?:${KIND}))* (?:không có|khong co|không|khong|ít|it|có|co|thêm|them|nhiều|nhieu)) (đường|duong)(?! kính| kinh)(?![\\p{L}\\p{M}])`,
  'giu',
);

/** `đường` is a road, and after something to drink it is sugar: there it gets its longer name (`đường kính`), which is never a road. */
export function nameSugar(text: string): string {
  return text.replace(UNSWEETENED, (_all, drink: string, sugar: string) => `${drink} ${sugar} ${/đ/i.test(sugar) ? 'kính' : 'kinh'}`);
}
