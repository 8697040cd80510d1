import type { Text } from './text.ts';

/** What only Discord says. Names of commands and options are in small letters and without spaces, as Discord wants them. */
export const discordMessages = {
  'discord-command-imagine': { vi: 'vẽ', en: 'imagine' },
  'discord-about-imagine': {
    vi: 'Tả điều bạn muốn thấy, Họa Mi vẽ ra ảnh',
    en: 'Describe what you would like to see, and get it as a picture',
  },
  'discord-option-prompt': { vi: 'mô-tả', en: 'prompt' },
  'discord-about-prompt': { vi: 'Bạn muốn vẽ gì? Tiếng Việt hay tiếng Anh đều được', en: 'What to paint, in Vietnamese or English' },
  'discord-option-image': { vi: 'ảnh', en: 'image' },
  'discord-about-image': { vi: 'Ảnh để sửa theo mô tả', en: 'A picture to change' },
  'discord-option-ratio': { vi: 'tỉ-lệ', en: 'ratio' },
  'discord-about-ratio': { vi: 'Tỉ lệ khung hình', en: 'Aspect ratio' },
  'discord-option-model': { vi: 'mô-hình', en: 'model' },
  'discord-about-model': { vi: 'Mô hình vẽ', en: 'Which model paints' },
  'discord-option-count': { vi: 'số-ảnh', en: 'count' },
  'discord-about-count': { vi: 'Mấy ảnh, nhiều nhất là 4', en: 'How many pictures, 4 at most' },
  'discord-option-seed': { vi: 'seed', en: 'seed' },
  'discord-about-seed': { vi: 'Cùng số, cùng ảnh', en: 'The same seed gives the same picture' },
  'discord-option-negative': { vi: 'tránh', en: 'negative' },
  'discord-about-negative': { vi: 'Những thứ không muốn có trong ảnh', en: 'What should not be in the picture' },
  'discord-option-style': { vi: 'phong-cách', en: 'style' },
  'discord-about-style': { vi: 'Phong cách có sẵn của mô hình', en: 'A style preset of the model' },
  'discord-option-strength': { vi: 'mức-độ', en: 'strength' },
  'discord-about-strength': { vi: 'Sửa ảnh gửi kèm ít (0) hay nhiều (1)', en: 'Change the attached picture a little (0) or a lot (1)' },
  'discord-option-enhance': { vi: 'viết-lại', en: 'enhance' },
  'discord-about-enhance': {
    vi: 'Viết lại mô tả cho hay, chỉ dịch, hay giữ nguyên',
    en: 'Improve your words, only translate them, or leave them alone',
  },
  'discord-choice-enhance': { vi: 'Viết lại cho hay', en: 'Improve my words' },
  'discord-choice-translate': { vi: 'Chỉ dịch', en: 'Only translate' },
  'discord-choice-raw': { vi: 'Giữ nguyên lời mình', en: 'Leave my words alone' },
  'discord-option-spoiler': { vi: 'che-ảnh', en: 'spoiler' },
  'discord-about-spoiler': { vi: 'Che ảnh lại, ai bấm vào mới thấy', en: 'Cover the picture until somebody clicks it' },
  'discord-lighter': {
    vi: 'Ảnh đã được nén nhẹ bớt cho vừa giới hạn của Discord; bản gốc vẫn được giữ theo mã công thức.',
    en: 'Made lighter to fit Discord’s limit; the original is kept under its recipe code.',
  },
  'discord-hint-picture': {
    vi: 'Mình không đọc được tin nhắn ấy. Hãy bấm chuột phải (hoặc giữ) vào tin nhắn có ảnh, chọn Ứng dụng › Sửa ảnh này; hoặc gửi kèm ảnh khi gọi mình.',
    en: 'I cannot read that message. Right-click (or hold) the message with the picture and choose Apps › Transform image, or attach the picture when you mention me.',
  },
  'discord-hint-reply': {
    vi: 'Mình thấy bạn trả lời nhưng Discord không cho mình đọc. Hãy nhắc tên mình trong câu trả lời, hoặc bấm chuột phải vào ảnh, chọn Ứng dụng › Sửa ảnh này.',
    en: 'I see your reply, but Discord does not let me read it. Mention me in it, or right-click the picture and choose Apps › Transform image.',
  },
  'discord-no-picture-there': {
    vi: 'Tin nhắn đó không có ảnh nào mình mở được.',
    en: 'There is no picture in that message that I can open.',
  },
  'discord-still-shown': {
    vi: 'Mình đã xoá ảnh, nhưng chưa gỡ được tin nhắn ở đây. Nhờ người quản lý kênh gỡ giúp nhé.',
    en: 'I have deleted the picture, but could not take the message away here. Somebody who manages the channel can.',
  },
  'discord-by-direct-message': {
    vi: 'Mình không tự gửi tin ở đây được. Nếu lâu hơn 15 phút, ảnh sẽ đến trong tin nhắn riêng.',
    en: 'I cannot post here by myself. If this takes more than 15 minutes, the picture comes as a direct message.',
  },
  'discord-adults-only': {
    vi: 'Ở đây mình chỉ vẽ trong kênh giới hạn độ tuổi.',
    en: 'Here I only paint in age-restricted channels.',
  },
  'discord-form-expired': {
    vi: 'Mình không giữ ảnh đó nữa. Hãy chọn lại Ứng dụng › Sửa ảnh này.',
    en: 'I no longer hold on to that picture. Choose Apps › Transform image once more.',
  },
  'start-discord': { vi: 'Discord     {name}; mời bot: {invite}', en: 'Discord     {name}; invite it: {invite}' },
  'start-discord-token': {
    vi: 'Discord     không nhận DISCORD_TOKEN. Hãy lấy token mới ở mục Bot của ứng dụng.',
    en: 'Discord     does not accept DISCORD_TOKEN. Reset it on the Bot page of the application.',
  },
  'start-discord-intent': {
    vi: 'Discord     DISCORD_MESSAGE_CONTENT=on nhưng Message Content Intent chưa được bật ở mục Bot; tạm chạy không có nó.',
    en: 'Discord     DISCORD_MESSAGE_CONTENT=on, but the Message Content Intent is off on the Bot page; going on without it.',
  },
  'start-discord-endpoint-set': {
    vi: 'Discord     ứng dụng có Interactions Endpoint URL ({url}) nên lệnh không đến đây. Hãy xoá địa chỉ đó, hoặc đặt DISCORD_PUBLIC_KEY.',
    en: 'Discord     the application has an Interactions Endpoint URL ({url}), so commands do not come here. Remove it, or set DISCORD_PUBLIC_KEY.',
  },
  'start-discord-endpoint-missing': {
    vi: 'Discord     nhận lệnh qua HTTP ở cổng {port}, nhưng ứng dụng chưa có Interactions Endpoint URL. Hãy đặt địa chỉ công khai dẫn đến cổng ấy.',
    en: 'Discord     takes commands by HTTP on port {port}, but the application has no Interactions Endpoint URL. Set the public address that leads there.',
  },
  'start-discord-key': {
    vi: 'Discord     DISCORD_PUBLIC_KEY không phải khoá của ứng dụng này.',
    en: 'Discord     DISCORD_PUBLIC_KEY is not the key of this application.',
  },
  'start-discord-install': {
    vi: 'Discord     DISCORD_USER_INSTALL=on nhưng mục Installation chưa cho cài cho người dùng; lệnh chỉ có trong máy chủ.',
    en: 'Discord     DISCORD_USER_INSTALL=on, but the Installation page does not allow it for users; commands are for servers only.',
  },
  'start-discord-commands': {
    vi: 'Discord     chưa đăng ký được lệnh /{command} (mã {code}).',
    en: 'Discord     the command /{command} could not be registered (code {code}).',
  },
  'start-discord-gateway': {
    vi: 'Discord     không kết nối được ({reason}). Trang web vẫn chạy; sẽ thử lại.',
    en: 'Discord     cannot be reached ({reason}). Everything else runs; it will be tried again.',
  },
} as const satisfies Record<string, Text>;
