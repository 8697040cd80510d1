import type { Text } from './text.ts';

/** What is said of clips, of prices that need a yes, and of pictures put into words. */
export const clipMessages = {
  'price-unconfirmed': { vi: 'Cái này giá {price}. Bạn có muốn làm không?', en: 'This costs {price}. Shall I make it?' },
  'price-yes': { vi: 'Làm, giá {price}', en: 'Make it for {price}' },
  'price-at-most': { vi: 'tối đa {price}', en: 'at most {price}' },
  'price-yes-at-most': { vi: 'Làm, tối đa {price}', en: 'Make it, max. {price}' },
  'price-no': { vi: 'Thôi', en: 'No, thanks' },
  'is-declined': { vi: 'Đã bỏ qua, bạn không mất gì cả.', en: 'Left alone. It cost nothing.' },
  'described-prompts': { vi: 'Muốn có ảnh giống vậy, bạn thử:', en: 'For a picture like it, try:' },
  'button-paint': { vi: 'Vẽ {number}', en: 'Paint {number}' },
  'label-duration': { vi: 'Độ dài', en: 'Length' },
  'clip-seconds': { vi: '{seconds} giây', en: '{seconds} s' },
  'clip-link': {
    vi: 'Video nặng quá, mình không gửi lên đây được. Xem ở đây: {link}',
    en: 'The clip is too heavy to post here. Watch it here: {link}',
  },
  'button-new-link': { vi: 'Link mới', en: 'New link' },
  'clip-new-link': {
    vi: 'Link mới cho riêng bạn, dùng được nhiều nhất 7 ngày: {link}',
    en: 'A new link, for your eyes only. It works for 7 days at most: {link}',
  },
  'clip-no-link': {
    vi: 'Ở đây mình không tạo được link video. Bạn xem trên trang web của Họa Mi nhé, mã {code}.',
    en: 'I cannot make links to clips here. Watch it on the page of Họa Mi, code {code}.',
  },
  'clip-lighter': { vi: 'Video đã được nén nhẹ hơn để gửi lên đây.', en: 'The clip was made lighter to fit here.' },
  'ai-generated-clip': { vi: 'Video do AI tạo', en: 'AI-generated' },
  'sandbox-clip': {
    vi: 'Video thử nghiệm: chưa dùng mô hình nào và không tốn tiền thật.',
    en: 'Sandbox clip: no model was used and no real money was spent.',
  },
  'ai-generated-words': { vi: 'Lời do AI viết', en: 'Written by AI' },
  'sandbox-words': {
    vi: 'Lời thử nghiệm: chưa dùng mô hình nào và không tốn tiền thật.',
    en: 'Sandbox words: no model was used and no real money was spent.',
  },
} as const satisfies Record<string, Text>;
