/** What the window itself says. What the product says comes from the product. */
const WORDS = {
  'stands-in': { vi: 'bản dựng thử trên máy này', en: 'a stand-in on this machine' },
  be: { vi: 'Bạn là', en: 'You are' },
  admin: { vi: 'quản trị', en: 'admin' },
  'rules-kept': { vi: 'Đúng mọi quy tắc', en: 'No rule broken' },
  'rules-broken': { vi: '{count} quy tắc bị phạm', en: '{count} rules broken' },
  lost: { vi: 'Mất kết nối, đang thử lại…', en: 'Disconnected, trying again…' },
  channels: { vi: 'Kênh', en: 'Channels' },
  apps: { vi: 'Ứng dụng', en: 'Apps' },
  'direct-messages': { vi: 'Tin nhắn riêng', en: 'Direct messages' },
  places: { vi: 'Các kênh', en: 'Places' },
  home: { vi: 'Trang chủ', en: 'Home' },
  messages: { vi: 'Tin nhắn', en: 'Messages' },
  'bot-here': { vi: '{bot} ở trong kênh này', en: '{bot} is in this channel' },
  'bot-not-here': { vi: '{bot} không ở trong kênh này', en: '{bot} is not in this channel' },
  app: { vi: 'ỨNG DỤNG', en: 'APP' },
  edited: { vi: '(đã sửa)', en: '(edited)' },
  'only-you': { vi: 'Chỉ bạn nhìn thấy', en: 'Only visible to you' },
  dismiss: { vi: 'Bỏ qua', en: 'Dismiss message' },
  deleted: { vi: 'Tin nhắn này đã bị xoá.', en: 'This message was deleted.' },
  'file-deleted': { vi: 'Tệp này đã bị xoá.', en: 'This file was deleted.' },
  'one-reply': { vi: '1 trả lời', en: '1 reply' },
  replies: { vi: '{count} trả lời', en: '{count} replies' },
  'reply-in-thread': { vi: 'Trả lời trong chuỗi', en: 'Reply in thread' },
  reply: { vi: 'Trả lời', en: 'Reply' },
  'replying-to': { vi: 'Đang trả lời {name}', en: 'Replying to {name}' },
  thread: { vi: 'Chuỗi trả lời', en: 'Thread' },
  'see-thread': { vi: 'Xem chuỗi', en: 'See thread' },
  more: { vi: 'Thêm', en: 'More' },
  delete: { vi: 'Xoá tin nhắn', en: 'Delete message' },
  close: { vi: 'Đóng', en: 'Close' },
  cancel: { vi: 'Huỷ', en: 'Cancel' },
  submit: { vi: 'Gửi', en: 'Submit' },
  send: { vi: 'Gửi', en: 'Send' },
  attach: { vi: 'Gửi kèm ảnh', en: 'Attach a picture' },
  'take-off': { vi: 'Bỏ {name}', en: 'Remove {name}' },
  shortcuts: { vi: 'Lối tắt', en: 'Shortcuts' },
  message: { vi: 'Nhắn {place}', en: 'Message {place}' },
  'message-reply': { vi: 'Trả lời…', en: 'Reply…' },
  'try-this': { vi: 'Thử gõ {example}', en: 'Try {example}' },
  'nothing-yet': { vi: 'Chưa có gì ở đây.', en: 'Nothing here yet.' },
  welcome: { vi: 'Chào mừng đến {place}!', en: 'Welcome to {place}!' },
  suggestions: { vi: 'Gợi ý', en: 'Suggestions' },
  thinking: { vi: '{bot} đang nghĩ…', en: '{bot} is thinking…' },
  used: { vi: '{name} đã dùng {command}', en: '{name} used {command}' },
  'original-gone': { vi: 'Không tải được tin nhắn gốc', en: 'Original message was deleted' },
  spoiler: { vi: 'CHE NỘI DUNG', en: 'SPOILER' },
  'click-to-see': { vi: 'Bấm để xem ảnh', en: 'Click to see the picture' },
  'apps-menu': { vi: 'Ứng dụng', en: 'Apps' },
  options: { vi: 'tuỳ chọn', en: 'options' },
  'choose-file': { vi: 'chọn ảnh', en: 'choose a picture' },
  yes: { vi: 'Có', en: 'True' },
  no: { vi: 'Không', en: 'False' },
  'needs-value': { vi: 'Hãy điền “{name}”', en: '“{name}” is needed' },
  ping: { vi: 'nhắc tên', en: 'mention' },
  today: { vi: 'Hôm nay', en: 'Today' },
  'one-message': { vi: '1 tin nhắn', en: '1 message' },
  'many-messages': { vi: '{count} tin nhắn', en: '{count} messages' },
};

/**
 * The window's words in one person's language.
 * @param {string} locale
 */
export function wordsFor(locale) {
  const language = locale.startsWith('vi') ? 'vi' : 'en';
  return (key, values = {}) => WORDS[key][language].replaceAll(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** @param {number} ms */
export const timeOf = (ms, locale) => new Date(ms).toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' });
