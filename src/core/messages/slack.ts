import type { Text } from './text.ts';

/** What is said only in Slack, and to whoever connects it. */
export const slackMessages = {
  'slack-goes-to-you': {
    vi: 'Mình chưa ở trong kênh này nên sẽ gửi kết quả cho bạn qua tin nhắn riêng. Muốn nhận ngay tại kênh, hãy gõ /invite {bot}.',
    en: 'I am not in this channel, so the result will come to you as a direct message. To get it here, type /invite {bot}.',
  },
  'slack-invite-me': {
    vi: 'Mình không gửi được gì vào kênh này. Hãy gõ /invite {bot} rồi yêu cầu lại. Bạn chưa mất gì.',
    en: 'I cannot write in this channel. Type /invite {bot} and ask again. Nothing was charged.',
  },
  'slack-cannot-say': {
    vi: 'Mình đã nhận yêu cầu, nhưng Slack không cho mình viết ở đây ({reason}). Mình vẫn làm và sẽ thử gửi kết quả. Không thấy gì thì bạn báo người quản trị nhé.',
    en: 'I have your request, but Slack does not let me write here ({reason}). I am at it and will try to send the result. If it does not come, please tell whoever runs this.',
  },
  'slack-came-from': {
    vi: 'Bạn đã yêu cầu ở {place}, nhưng mình không gửi vào đó được nữa.',
    en: 'You asked in {place}, and I can no longer write there.',
  },
  'slack-not-shown': {
    vi: 'Ảnh đã vẽ xong nhưng Slack không nhận tệp ({reason}). Hãy báo người quản trị; ảnh vẫn được giữ, mã {code}.',
    en: 'The picture is painted, but Slack does not take the file ({reason}). Please tell whoever runs this; it is kept, recipe {code}.',
  },
  'slack-choose-place': { vi: 'Gửi vào đâu?', en: 'Where should it go?' },
  'slack-no-picture': {
    vi: 'Tin nhắn này không có ảnh. Hãy chọn một tin nhắn có ảnh.',
    en: 'There is no picture in that message. Choose one that has a picture.',
  },
  'slack-ask-how': {
    vi: 'Bạn muốn vẽ gì? Ví dụ: /imagine một chiếc thuyền đỏ lúc bình minh --ar 16:9',
    en: 'What should I paint? For example: /imagine a red boat at sunrise --ar 16:9',
  },
  'slack-video-how': {
    vi: 'Bạn muốn làm video gì? Ví dụ: /video sóng vỗ vào bờ đá lúc hoàng hôn. Để cho một bức ảnh chuyển động, nhắc {bot} kèm ảnh, hoặc trong chuỗi trả lời có ảnh: {bot} làm video',
    en: 'What clip should I make? For example: /video waves rolling in at dusk. To make a picture move, mention {bot} with it, or in a thread that has one: {bot} video',
  },
  'slack-edit-how': {
    vi: 'Slack không cho gửi ảnh kèm lệnh, nên muốn sửa một bức ảnh, bạn làm theo một trong ba cách:\n• Trong chuỗi trả lời có ảnh đó: {bot} bỏ cái mũ đi\n• Gửi ảnh kèm lời nhắc: {bot} đổi nền thành bãi biển\n• Menu ba chấm của tin nhắn có ảnh, mục *Transform this image*',
    en: 'Slack hands me no picture with a command. To change a picture, do one of these:\n• In the thread that has it: {bot} remove the hat\n• Post the picture with the words: {bot} make the background a beach\n• *Transform this image* in the menu of a message that has a picture',
  },
  'slack-describe-how': {
    vi: 'Slack không cho gửi ảnh kèm lệnh, nên muốn mô tả một bức ảnh, bạn làm theo một trong ba cách:\n• Trong chuỗi trả lời có ảnh đó: {bot} mô tả ảnh\n• Gửi ảnh kèm lời nhắc: {bot} mô tả ảnh\n• Menu ba chấm của tin nhắn có ảnh, mục *Describe this image*',
    en: 'Slack hands me no picture with a command. To have a picture put into words, do one of these:\n• In the thread that has it: {bot} describe\n• Post the picture with the words: {bot} describe\n• *Describe this image* in the menu of a message that has a picture',
  },
  'slack-field-motion': { vi: 'Trong video có gì chuyển động?', en: 'What happens in the clip?' },
  'slack-send-clip': { vi: 'Làm video', en: 'Make the clip' },
  'slack-films': { vi: '{person} muốn làm video:', en: '{person} wants a clip:' },
  'slack-describes': { vi: '{person} nhờ mình tả ảnh', en: '{person} wants a picture put into words' },
  'slack-clip-not-shown': {
    vi: 'Video xong rồi nhưng Slack không nhận tệp ({reason}). Bạn xem trên trang web của Họa Mi nhé, mã {code}; chưa biết trang đó ở đâu thì hỏi người quản trị.',
    en: 'The clip is made, but Slack does not take the file ({reason}). Watch it on the page of Họa Mi, code {code}; whoever runs this knows where that is.',
  },
  'slack-token-dead': {
    vi: 'Slack không cho mình viết ở đây nữa ({reason}). Bạn chưa mất gì; hãy báo người quản trị.',
    en: 'Slack does not let me write here any more ({reason}). Nothing was charged; please tell whoever runs this.',
  },
  'slack-home-title': { vi: 'Bạn tả, mình vẽ.', en: 'You say it, I paint it.' },
  'slack-home-how': {
    vi: '• `/imagine một chiếc thuyền đỏ --ar 16:9` ở bất kỳ kênh nào\n• {bot} kèm một ảnh và điều bạn muốn sửa, hoặc nhắc {bot} trong chuỗi trả lời có ảnh\n• Nhắn riêng cho mình, có ảnh hay không đều được\n• Menu ba chấm của một tin nhắn có ảnh: *Transform*, *Animate*, *Describe this image*\n• `/video sóng vỗ bờ đá` để làm video; trong chuỗi trả lời có ảnh: {bot} làm video, {bot} mô tả ảnh',
    en: '• `/imagine a red boat --ar 16:9` in any channel\n• {bot} with a picture and what to change, or mention {bot} in a thread that has one\n• A direct message to me, with or without a picture\n• *Transform*, *Animate*, *Describe this image* in the menu of a message that has a picture\n• `/video waves rolling in` for a clip; in a thread that has a picture: {bot} video, {bot} describe',
  },
  'slack-home-defaults': { vi: 'Mặc định của bạn', en: 'Your defaults' },
  'slack-home-change': { vi: 'Đổi mặc định', en: 'Change defaults' },
  'slack-home-results': { vi: 'Ảnh gần đây', en: 'Your latest pictures' },
  'slack-home-empty': { vi: 'Chưa có ảnh nào. Hãy thử `/imagine`.', en: 'No pictures yet. Try `/imagine`.' },
  'slack-save': { vi: 'Lưu', en: 'Save' },
  'slack-config-token': { vi: 'phải bắt đầu bằng {prefix}', en: 'must begin with {prefix}' },
  'slack-config-secret': { vi: 'phải có ít nhất {length} ký tự', en: 'must have at least {length} characters' },
  'slack-config-either': {
    vi: 'là để cài vào nhiều workspace; hãy bỏ nó, hoặc bỏ SLACK_BOT_TOKEN',
    en: 'is for installing in many workspaces; leave it out, or SLACK_BOT_TOKEN',
  },
  'slack-token-rejected': {
    vi: 'Slack không nhận SLACK_BOT_TOKEN ({reason}). Hãy chép lại từ mục OAuth & Permissions của ứng dụng.',
    en: 'Slack does not take SLACK_BOT_TOKEN ({reason}). Copy it again from OAuth & Permissions of the app.',
  },
  'slack-app-token-rejected': {
    vi: 'Slack không nhận SLACK_APP_TOKEN ({reason}). Hãy tạo lại ở mục Basic Information, App-Level Tokens, với quyền connections:write.',
    en: 'Slack does not take SLACK_APP_TOKEN ({reason}). Make one in Basic Information, App-Level Tokens, with the scope connections:write.',
  },
  'slack-scope-missing': {
    vi: 'Ứng dụng Slack thiếu quyền {scope}, dùng để {purpose}. Hãy thêm ở mục OAuth & Permissions rồi cài lại.',
    en: 'The Slack app lacks the scope {scope}, which is for {purpose}. Add it in OAuth & Permissions and install the app again.',
  },
  'slack-scope-optional': {
    vi: 'Ứng dụng Slack không có quyền {scope}, dùng để {purpose}. Không bắt buộc: thiếu quyền này mọi thứ khác vẫn chạy.',
    en: 'The Slack app does without the scope {scope}, which is for {purpose}. It is optional: everything else works.',
  },
  'slack-purpose-commands': { vi: 'nhận lệnh, nút bấm và lối tắt', en: 'commands, buttons and shortcuts' },
  'slack-purpose-write': { vi: 'trả lời', en: 'answering' },
  'slack-purpose-upload': { vi: 'gửi ảnh và video đã làm', en: 'sending pictures and clips' },
  'slack-purpose-read-files': { vi: 'đọc ảnh mọi người gửi', en: 'reading the pictures people send' },
  'slack-purpose-mentions': { vi: 'nghe khi được nhắc tên', en: 'hearing its name' },
  'slack-purpose-history': { vi: 'nghe tin nhắn riêng và trả lời có ảnh', en: 'direct messages and replies with a picture' },
  'slack-purpose-join': { vi: 'tự vào kênh công khai', en: 'going into public channels by itself' },
  'slack-purpose-direct': { vi: 'nhắn riêng khi không gửi được vào kênh', en: 'direct messages where a channel is closed to it' },
  'slack-purpose-people': { vi: 'biết ngôn ngữ của mỗi người và ai là quản trị viên', en: 'people’s language, and who is an admin' },
} as const satisfies Record<string, Text>;
