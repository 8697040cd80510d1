/** English words that Vietnamese could also spell without its marks. Alone they are taken as English. */
const WORDS = new Set(
  (
    'a an and at am as ago air aim all any are art ape ban bat bay be bean bee bit bong bun bus but by cache cake can cam cap car cat chain chat chic chin chip clay coat coin come cop cot cow cup cut ' +
    'dance dam den dim ding dip do dog dong dot dune eat egg en fan far fat fin fun gang gap gem get give go goat gun gut gym ham hang hat he hen hip hit hot hue hung hut i ice if in is it jam jar jet kit ' +
    'lake lamp land lane lap late lawn lay let light like lip lit long lot low man map mask mat may me men met mice mini mix moon mop nap neat neon net new nice nine no none not nun nut of oh old on one or out ' +
    'page pan pat pay pea pen pet phone photo piano pie pin ping pink pip pit point pop pot pun put rain ram ran rat ray rice ring rip roe rung sail same sat sea seat see set she shop sin sing sip sit site six sky so son song sort soup soy style such suit sun sung sup ' +
    'tan tap tea ten than that the them then there they thin thing this those three time tin tiny tip to toe tong too top toy tree tub tune up van vet via view we were west who win with yen you young your me my mom dad hay toast theme'
  ).split(' '),
);

/** Words that both languages use as they are: they say nothing about the language of a text. */
const NEUTRAL = new Set(
  '2d 3d 4k 8k ai anime avatar banner bokeh cafe chibi cinematic cosplay cyberpunk fantasy hd hdr icon kimono logo manga meme mini neon ninja noel pastel photo piano pixel poster robot samurai selfie studio style sushi video vintage'.split(
    ' ',
  ),
);

export function isEnglishWord(word: string): boolean {
  return WORDS.has(word);
}

export function isNeutralWord(word: string): boolean {
  return NEUTRAL.has(word);
}
