import type { Text } from './text.ts';

/** What is said while a request waits and when it is done, on every platform. */
export const resultMessages = {
  'receipt-next': { vi: 'Đã nhận, đến lượt bạn ngay (khoảng {seconds} giây).', en: 'Taken, you are next (about {seconds} s).' },
  'receipt-waiting': {
    vi: 'Đã nhận, còn {ahead} yêu cầu phía trước (khoảng {seconds} giây).',
    en: 'Taken, {ahead} before you (about {seconds} s).',
  },
  'stage-queued': { vi: 'Đang chờ, còn {ahead} yêu cầu phía trước', en: 'Waiting, {ahead} before you' },
  'stage-next': { vi: 'Sắp đến lượt bạn', en: 'You are next' },
  'stage-started': { vi: 'Đang bắt đầu', en: 'Starting' },
  'stage-prepared': { vi: 'Đã xem ảnh, đang viết lại mô tả', en: 'Looked at the picture, writing the prompt' },
  'stage-enhanced': { vi: 'Đã viết xong mô tả', en: 'The prompt is written' },
  'stage-painting': { vi: 'Đang vẽ', en: 'Painting' },
  'stage-filming': { vi: 'Đang quay, mất vài phút', en: 'Filming, which takes a few minutes' },
  'label-prompt': { vi: 'Mô tả', en: 'Prompt' },
  'label-negative': { vi: 'Tránh', en: 'Without' },
  'label-model': { vi: 'Mô hình', en: 'Model' },
  'label-seed': { vi: 'Seed', en: 'Seed' },
  'label-size': { vi: 'Cỡ', en: 'Size' },
  'label-price': { vi: 'Giá', en: 'Price' },
  'label-took': { vi: 'Thời gian', en: 'Time' },
  'label-recipe': { vi: 'Công thức', en: 'Recipe' },
  'label-file': { vi: 'Tệp', en: 'File' },
  'ai-generated': { vi: 'Ảnh do AI tạo', en: 'AI-generated' },
  'sandbox-picture': {
    vi: 'Ảnh thử nghiệm: chưa dùng mô hình nào và không tốn tiền thật.',
    en: 'Sandbox picture: no model was used and no real money was spent.',
  },
  // True whether the rules translated, tidied or left the words alone, and whether Claude was down or had no usable answer.
  'enhanced-by-rules': {
    vi: 'Lần này Claude không giúp được, nên mô tả chỉ qua vài quy tắc đơn giản.',
    en: 'Claude could not help this time, so the prompt went through simple rules only.',
  },
} as const satisfies Record<string, Text>;
