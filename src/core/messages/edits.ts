import type { Text } from './text.ts';

/** What was done to a picture, as its title, and by whom when it was not the model that was named. */
export const editMessages = {
  'edited-erase': { vi: 'Đã xoá {what}', en: 'Without {what}' },
  'edited-erase-marked': { vi: 'Đã xoá phần được đánh dấu', en: 'Without the marked part' },
  'edited-replace': { vi: 'Đã thay {what} bằng {words}', en: '{what} replaced with {words}' },
  'edited-recolor': { vi: 'Đã đổi màu {what}: {words}', en: '{what}, now {words}' },
  'edited-outpaint': { vi: 'Ảnh đã mở rộng', en: 'The picture, wider' },
  'edited-remove-background': { vi: 'Ảnh đã tách nền', en: 'The picture without its background' },
  'edited-restyle': { vi: 'Ảnh theo phong cách mới', en: 'The picture in another style' },
  'edited-upscale': { vi: 'Ảnh đã phóng to', en: 'The picture, larger' },
  'edited-transform': { vi: 'Ảnh đã sửa', en: 'The picture, changed' },
  'edited-inpaint': { vi: 'Đã vẽ lại phần được đánh dấu', en: 'The marked part, repainted' },
  'edited-sketch': { vi: 'Vẽ từ bản phác', en: 'From the sketch' },
  'edited-structure': { vi: 'Vẽ lại, giữ bố cục', en: 'Repainted, composed as before' },
  'substituted-ended': {
    vi: 'Làm bằng {made}: {wished} đã ngừng hoạt động từ {on}.',
    en: 'Made with {made}: {wished} reached its end of life on {on}.',
  },
  'substituted-retired': {
    vi: 'Làm bằng {made}: {wished} không còn hoạt động nữa.',
    en: 'Made with {made}: {wished} is no longer offered.',
  },
  'substituted-never': {
    vi: 'Làm bằng {made}: {wished} chưa bao giờ có trên Amazon Bedrock.',
    en: 'Made with {made}: {wished} was never on Amazon Bedrock.',
  },
  'substituted-unavailable': {
    vi: 'Làm bằng {made}: {wished} hiện không dùng được ở đây.',
    en: 'Made with {made}: {wished} is not available here.',
  },
  'substituted-denied': {
    vi: 'Làm bằng {made}: máy chủ chưa được phép dùng {wished}.',
    en: 'Made with {made}: this server is not allowed to use {wished}.',
  },
} as const satisfies Record<string, Text>;
