import { foldMarks } from '#src/core/vietnamese.ts';

/** A few plain cases, so that a refusal can be seen in both languages. It is an example of a policy, not one. */
const REFUSED: readonly (readonly [reason: string, pattern: RegExp])[] = [
  [
    'sexual_minor',
    /(?:child|kid|minor|schoolgirl|teen|trẻ em|em bé|bé gái|học sinh).{0,60}(?:nude|naked|porn|sexy|khỏa thân|khoả thân|khiêu dâm|gợi dục)/u,
  ],
  [
    'sexual_minor',
    /(?:nude|naked|porn|sexy|khỏa thân|khoả thân|khiêu dâm|gợi dục).{0,60}(?:child|kid|minor|schoolgirl|teen|trẻ em|em bé|bé gái|học sinh)/u,
  ],
  ['sexual', /\bporn(?:ography)?\b|\bhentai\b|explicit sex|khiêu dâm|quan hệ tình dục/u],
  [
    'hate',
    /nazi propaganda|(?:kill|exterminate) all (?:the )?(?:jews|muslims|blacks|gays)|tuyên truyền phát xít|tiêu diệt người (?:do thái|hồi giáo)/u,
  ],
  ['self_harm', /encourag\w+ (?:suicide|self-harm)|how to kill (?:myself|yourself)|cổ vũ tự tử|cách tự tử|khuyến khích tự tử/u],
  [
    'illegal',
    /how to (?:make|build) a (?:pipe )?bomb|counterfeit (?:money|banknotes|id)|cách (?:làm|chế tạo) bom|làm tiền giả|làm giả căn cước/u,
  ],
  ['real_person', /deepfake/u],
];
const UNMARKED = REFUSED.map(([reason, pattern]) => [reason, new RegExp(foldMarks(pattern.source), 'u')] as const);

/** Why a text is refused, as a value of `refusal_reason`; undefined for nearly everything. */
export function refusalReason(text: string): string | undefined {
  const lower = text.normalize('NFC').toLowerCase();
  const letters = foldMarks(lower);
  return (
    REFUSED.find(([, pattern]) => pattern.test(lower)) ??
    (lower === letters ? UNMARKED.find(([, pattern]) => pattern.test(letters)) : undefined)
  )?.[0];
}

/** Sentences that try to give orders instead of describing. They are dropped, and what is left is depicted. */
const ORDERS =
  /ignore (?:all |any |the )?(?:previous|prior|above|earlier)|disregard (?:all|the|your|previous)|system prompt|your (?:instructions|rules|prompt)|you are now|developer mode|reveal|jailbreak|(?:bỏ qua|phớt lờ|quên|bo qua|quen) (?:hết |mọi |tất cả |các |moi |tat ca )*(?:hướng dẫn|chỉ dẫn|lệnh|quy tắc|huong dan|chi dan|quy tac)|lời nhắc hệ thống|loi nhac he thong|in ra (?:lời nhắc|hướng dẫn|mã)|tiết lộ|bạn là (?:một )?(?:ai|trợ lý|hacker)/iu;

/** What of a text describes a picture. */
export function withoutOrders(text: string): string {
  const sentences = text.split(/(?<=[.!?;\n])\s+|\n+/u);
  return sentences
    .filter((sentence) => !ORDERS.test(sentence))
    .join(' ')
    .trim();
}
