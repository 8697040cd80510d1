import type { RefusalCode } from '../failure.ts';
import type { Text } from './text.ts';

/** Why it was not done and what to do now, one sentence or two. Placeholders are the refusal's details. */
export const refusalMessages = {
  'prompt-empty': {
    vi: 'Bạn muốn vẽ gì? Gõ vài từ là được, ví dụ: chiếc thuyền đỏ lúc bình minh.',
    en: 'What should I paint? A few words are enough, for example: a red boat at sunrise.',
  },
  'prompt-too-long': {
    vi: 'Mô tả dài {length} ký tự, nhiều nhất là {limit}. Bạn rút gọn lại giúp mình nhé.',
    en: 'That description has {length} characters; {limit} is the most I can read. Please shorten it.',
  },
  'flag-unknown': {
    vi: 'Mình không biết {flag}. Có phải bạn muốn gõ {nearest}?',
    en: 'I do not know {flag}. Did you mean {nearest}?',
  },
  'flag-value-missing': { vi: 'Sau {flag} cần có một giá trị.', en: '{flag} needs a value after it.' },
  'flag-value-invalid': {
    vi: '{flag} không nhận “{value}”. Hãy dùng {expected}.',
    en: '{flag} cannot be “{value}”. Use {expected}.',
  },
  'flag-repeated': { vi: '{flag} chỉ dùng được một lần.', en: '{flag} can be given only once.' },
  'flag-not-for-task': {
    vi: '{flag} chỉ dùng khi có ảnh gửi kèm.',
    en: '{flag} only works together with a picture. Attach one, or leave it out.',
  },
  'flag-not-for-edit': {
    vi: '{flag} không dùng được cho việc này. Hãy bỏ nó đi rồi thử lại.',
    en: '{flag} does nothing here. Leave it out and ask again.',
  },
  'flag-not-for-video': {
    vi: '{flag} không dùng được cho video. Hãy bỏ nó đi rồi thử lại.',
    en: '{flag} does nothing for a clip. Leave it out and ask again.',
  },
  'clip-gone': { vi: 'Mình không còn giữ video này nữa.', en: 'I no longer have this clip.' },
  'clip-failed': {
    vi: 'Dịch vụ không làm xong video này. Bạn không mất tiền; thử lại giúp mình nhé.',
    en: 'The service could not finish this clip. It cost nothing; please ask again.',
  },
  'clip-late': {
    vi: 'Video này làm lâu quá nên mình không đợi nữa. Dịch vụ có thể vẫn tính tiền.',
    en: 'This clip took too long and I stopped waiting for it. The service may still charge for it.',
  },
  'clip-cancelled': {
    vi: 'Đã huỷ theo yêu cầu. Video đang quay dở nên dịch vụ có thể vẫn tính tiền.',
    en: 'Cancelled, as asked. The clip was already being made, so the service may still charge for it.',
  },
  'clip-store': {
    vi: 'Chỗ lưu video chưa dùng được. Nhờ quản trị viên kiểm tra bucket S3, vùng và quyền đọc ghi.',
    en: 'Clips cannot be kept. Ask the operator to check the S3 bucket, its region and the rights to read and write there.',
  },
  'confirmation-gone': {
    vi: 'Lâu quá rồi nên mình không giữ yêu cầu này nữa. Bạn gửi lại giúp mình nhé.',
    en: 'That was too long ago and I no longer have it. Please ask again.',
  },
  'model-unknown': {
    vi: 'Không có mô hình “{model}”. Có phải bạn muốn dùng {nearest}? Tất cả: {models}.',
    en: 'There is no model called “{model}”. Did you mean {nearest}? All of them: {models}.',
  },
  'model-cannot': {
    vi: '{model} không làm được việc này. Hãy dùng {able}.',
    en: '{model} cannot do that. Use {able} for it.',
  },
  'model-retired': {
    vi: '{model} đã ngừng hoạt động từ {on}. Hãy dùng {successor}.',
    en: '{model} was retired on {on}. Use {successor} instead.',
  },
  'style-unknown': {
    vi: '{model} không có phong cách “{style}”. Hãy tả phong cách ngay trong mô tả.',
    en: '{model} has no style called “{style}”. Describe the style in your own words instead.',
  },
  'picture-missing': { vi: 'Mình không thấy ảnh nào. Hãy gửi kèm một ảnh rồi thử lại.', en: 'I see no picture. Attach one and ask again.' },
  'pictures-too-many': {
    vi: 'Mỗi lần chỉ gửi được {limit} ảnh.',
    en: 'I can work on {limit} picture at a time. Send only that many.',
  },
  'picture-empty': { vi: 'Ảnh này rỗng (0 byte). Hãy gửi lại ảnh.', en: 'That picture is empty (0 bytes). Please send it again.' },
  'picture-too-heavy': {
    vi: 'Ảnh nặng quá; nhiều nhất là {limitMegabytes} MB. Hãy gửi ảnh nhẹ hơn.',
    en: 'That picture is too heavy; {limitMegabytes} MB is the most. Please send a lighter one.',
  },
  'picture-too-large': {
    vi: 'Ảnh {width}×{height} lớn quá; nhiều nhất là {limitMegapixels} triệu điểm ảnh. Hãy thu nhỏ rồi gửi lại.',
    en: 'That picture is {width}×{height}, which is too large; {limitMegapixels} megapixels is the most. Please scale it down.',
  },
  'picture-too-small': {
    vi: 'Ảnh {width}×{height} nhỏ quá; mỗi cạnh cần ít nhất {limitPixels} điểm ảnh.',
    en: 'That picture is {width}×{height}, which is too small; each side needs {limitPixels} pixels at least.',
  },
  'picture-broken': {
    vi: 'Ảnh bị hỏng hoặc chưa tải xong. Hãy gửi lại.',
    en: 'That picture is damaged or was cut off. Please send it again.',
  },
  'picture-type': {
    vi: 'Tệp này là {found}, không phải ảnh mình đọc được. Hãy gửi JPEG, PNG, WebP, GIF, AVIF hoặc HEIC.',
    en: 'That file is {found}, not a picture I can read. Please send JPEG, PNG, WebP, GIF, AVIF or HEIC.',
  },
  'picture-gone': {
    vi: 'Mình không mở được ảnh đó nữa. Hãy gửi lại ảnh.',
    en: 'I can no longer open that picture. Please send it again.',
  },
  'mask-missing': {
    vi: 'Mình chưa biết sửa chỗ nào. Hãy gửi thêm ảnh đen trắng, chỗ cần sửa tô trắng, hoặc nói tên vật cần sửa.',
    en: 'I cannot tell where to work. Add a black-and-white picture that is white there, or name the thing in words.',
  },
  'mask-empty': {
    vi: 'Ảnh đánh dấu chưa có chỗ nào màu trắng. Hãy tô trắng chỗ cần sửa rồi gửi lại.',
    en: 'Nothing in the mask is white. Paint the part to be changed white and send it again.',
  },
  'filtered-prompt': {
    vi: 'Bộ lọc an toàn của mô hình không nhận mô tả này. Hãy diễn đạt nhẹ nhàng hơn. Bạn không mất tiền.',
    en: 'The model’s safety filter stopped this description. Try gentler words. Nothing was charged.',
  },
  'filtered-input': {
    vi: 'Bộ lọc an toàn của mô hình không nhận ảnh gửi kèm. Hãy thử ảnh khác. Bạn không mất tiền.',
    en: 'The model’s safety filter stopped the picture you sent. Try another one. Nothing was charged.',
  },
  'filtered-output': {
    vi: 'Làm xong rồi nhưng bộ lọc an toàn giữ lại. Bạn thử lại hoặc đổi vài từ nhé.',
    en: 'It was made, but the safety filter held it back. Ask again, or change a few words.',
  },
  'prompt-refused': {
    vi: 'Nội dung này mình không làm được. Bạn thử một ý khác nhé.',
    en: 'I cannot make this one. Please try a different idea.',
  },
  'translation-unavailable': {
    vi: 'Lúc này mình chưa dịch được mô tả. Hãy thử lại sau ít phút, hoặc viết bằng tiếng Anh.',
    en: 'I cannot translate the description right now. Try again in a few minutes, or write it in English.',
  },
  'description-unavailable': {
    vi: 'Lúc này mình chưa xem ảnh được. Bạn thử lại sau ít phút nhé.',
    en: 'I cannot look at the picture right now. Try again in a few minutes.',
  },
  'description-off': {
    vi: 'Ở đây chưa bật phần mô tả ảnh: người quản trị cần nối với Claude.',
    en: 'Describing pictures is not available here: the operator has to connect Claude.',
  },
  'model-unavailable': {
    vi: '{model} hiện không dùng được ở đây. Hãy chọn mô hình khác bằng --model.',
    en: '{model} is not available here. Choose another one with --model.',
  },
  'model-rejected': {
    vi: '{model} không nhận yêu cầu này. Hãy đổi mô tả hoặc tuỳ chọn rồi thử lại. Bạn không mất tiền.',
    en: '{model} did not accept this request. Change the words or the options and ask again. Nothing was charged.',
  },
  'credentials-rejected': {
    vi: 'Máy chủ chưa được phép dùng {model}. Hãy nhờ người quản trị xem lại quyền AWS.',
    en: 'This server is not allowed to use {model}. Ask whoever runs it to check its AWS permissions.',
  },
  'interrupted-twice': {
    vi: 'Việc này bị gián đoạn hai lần nên mình dừng lại để không tốn thêm tiền. Bạn gửi lại nhé.',
    en: 'This was interrupted twice, so I stopped before it cost more. Please ask again.',
  },
  'queue-full': {
    vi: 'Đang có quá nhiều yêu cầu chờ ({limit}). Hãy thử lại sau ít phút.',
    en: 'Too many requests are waiting ({limit}). Please try again in a few minutes.',
  },
  'budget-reached': {
    vi: 'Hôm nay đã dùng hết ngân sách. Ngày mai (giờ UTC) lại có, hoặc bạn nhờ người quản trị tăng thêm.',
    en: 'Today’s budget is used up. It starts again tomorrow (UTC), or ask whoever runs this to raise it.',
  },
  'too-late': {
    vi: 'Mình chờ lâu quá mà chưa đến lượt nên dừng lại. Bạn gửi lại giúp mình nhé.',
    en: 'I waited too long for my turn, so I stopped. Please ask again.',
  },
  'storage-full': {
    vi: 'Máy chủ hết chỗ lưu ảnh. Hãy báo người quản trị.',
    en: 'The server has no room left for pictures. Please tell whoever runs it.',
  },
  'storage-rejected': {
    vi: 'Máy chủ không được phép lưu ảnh vào kho đã đặt. Hãy nhờ người quản trị xem lại bucket S3.',
    en: 'The server is not allowed to keep pictures where it should. Ask whoever runs it to check its S3 bucket.',
  },
  'ledger-unavailable': {
    vi: 'Lúc này mình chưa nhận hay tìm lại yêu cầu được. Bạn thử lại sau ít phút nhé, chưa mất gì cả.',
    en: 'I cannot take or look up requests right now. Please try again in a few minutes. Nothing was charged.',
  },
  cancelled: { vi: 'Đã huỷ theo yêu cầu.', en: 'Cancelled, as asked.' },
  removed: { vi: 'Đã xoá cả kết quả lẫn lời mô tả, như bạn muốn.', en: 'This and its words were deleted, as asked.' },
  'request-unknown': {
    vi: 'Mình không tìm thấy yêu cầu này nữa. Bạn gửi lại giúp mình nhé.',
    en: 'I cannot find that request any more. Please ask again.',
  },
  'not-yours': {
    vi: 'Chỉ người đã yêu cầu hoặc quản trị viên mới làm được việc này.',
    en: 'Only the person who asked, or an admin, can do that.',
  },
  'not-finished': {
    vi: 'Cái này chưa xong. Bạn đợi một chút rồi bấm lại nhé.',
    en: 'This one is not finished yet. Please press again in a moment.',
  },
  'already-finished': {
    vi: 'Cái này xong rồi nên không huỷ được nữa.',
    en: 'This one is finished already, so there is nothing to cancel.',
  },
  failed: {
    vi: 'Có lỗi nên mình chưa làm được. Bạn thử lại sau nhé; người quản trị xem được chi tiết trong nhật ký.',
    en: 'Something went wrong and I could not do this. Please try again later; whoever runs this can see why in the log.',
  },
} as const satisfies Record<RefusalCode, Text>;

/** The same no where something else was wanted than a picture: detail `of` says which. */
export const particularMessages = {
  'prompt-empty': {
    edit: {
      vi: 'Bạn muốn sửa gì trong ảnh? Gõ vài từ là được, ví dụ: bỏ cái mũ đi.',
      en: 'What should I change in the picture? A few words are enough, for example: take the hat off.',
    },
    clip: {
      vi: 'Bạn muốn thấy gì trong video? Gõ vài từ là được, ví dụ: sóng vỗ vào bờ lúc bình minh.',
      en: 'What should happen in the clip? A few words are enough, for example: waves rolling in at sunrise.',
    },
  },
  'model-unavailable': {
    task: { vi: 'Ở đây hiện không có mô hình nào làm được việc này.', en: 'No model here can do that right now.' },
  },
} as const satisfies Partial<Record<RefusalCode, Readonly<Record<string, Text>>>>;

/** What a flag takes, for the sentence of `flag-value-invalid`. */
export const expectedMessages = {
  ratio: {
    vi: '{nearest}, gần nhất trong số 1:1, 16:9, 9:16, 4:3, 3:4, 3:2, 2:3, 4:5, 5:4, 21:9 và 9:21',
    en: '{nearest}, the nearest of 1:1, 16:9, 9:16, 4:3, 3:4, 3:2, 2:3, 4:5, 5:4, 21:9 and 9:21',
  },
  seed: { vi: 'một số nguyên từ 1 đến 4294967294', en: 'a whole number from 1 to 4294967294' },
  count: { vi: 'một số từ 1 đến 4', en: 'a number from 1 to 4' },
  strength: { vi: 'một số từ 0 (giữ nguyên) đến 1 (vẽ lại hết)', en: 'a number from 0 (keep it) to 1 (repaint it)' },
  margin: { vi: 'một số nguyên từ 1 đến 2000 (điểm ảnh)', en: 'a whole number of pixels from 1 to 2000' },
  zoom: { vi: 'một số lớn hơn 1, nhiều nhất là 4', en: 'a number above 1, 4 at most' },
  grow: { vi: 'một số nguyên từ 0 đến 20 (điểm ảnh)', en: 'a whole number of pixels from 0 to 20' },
  duration: { vi: 'số giây, chẳng hạn 5s hoặc 9s', en: 'a number of seconds, such as 5s or 9s' },
  resolution: { vi: '540p hoặc 720p', en: '540p or 720p' },
  'of-model': { vi: '{nearest}, gần nhất mà {model} làm được', en: '{nearest}, the nearest that {model} can make' },
  text: { vi: 'vài từ', en: 'a few words' },
  none: { vi: 'cờ này một mình, không kèm giá trị', en: 'it alone, without a value' },
} as const satisfies Record<string, Text>;
