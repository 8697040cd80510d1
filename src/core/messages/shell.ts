import type { Text } from './text.ts';

/** What the shell command says. */
export const shellMessages = {
  'shell-usage': {
    vi: `Họa Mi vẽ theo lời bạn.

  hoami imagine "một con mèo mặc áo dài" [tuỳ chọn]

Tuỳ chọn
  --ar 16:9          tỉ lệ khung hình
  --seed 42          số seed; cùng số, cùng ảnh
  --no "xe, người"   những thứ không muốn có
  --n 2              số ảnh, nhiều nhất là 4
  --model core       mô hình: {models}
  --image anh.jpg    ảnh để sửa
  --strength 0.6     sửa ít (0) hay nhiều (1)
  --raw, --translate giữ lời bạn, hoặc chỉ dịch
  --out meo.png      tên tệp ảnh
  --json             in một đối tượng JSON`,
    en: `Họa Mi paints what you say.

  hoami imagine "a cat in an ao dai" [options]

Options
  --ar 16:9          aspect ratio
  --seed 42          seed; the same seed gives the same picture
  --no "cars"        what should not be there
  --n 2              how many pictures, 4 at most
  --model core       model: {models}
  --image in.jpg     a picture to change
  --strength 0.6     change it a little (0) or a lot (1)
  --raw, --translate keep your words, or only translate them
  --out cat.png      name of the picture file
  --json             print one JSON object`,
  },
  'shell-command-unknown': {
    vi: 'Không có lệnh “{command}”. Gõ: hoami help',
    en: 'There is no command “{command}”. Type: hoami help',
  },
  'shell-file-unreadable': { vi: 'Không đọc được tệp {file}.', en: 'Cannot read the file {file}.' },
  'shell-file-unwritable': {
    vi: 'Không ghi được tệp {file}. Ảnh vẫn còn ở {kept}.',
    en: 'Cannot write the file {file}. The picture is kept at {kept}.',
  },
  'shell-failed': {
    vi: 'Có lỗi bất ngờ ({reason}). HOAMI_LOG_LEVEL=error cho biết thêm.',
    en: 'Something unexpected went wrong ({reason}). HOAMI_LOG_LEVEL=error says more.',
  },
  'shell-interrupted': {
    vi: 'Đã dừng. Yêu cầu {id} vẫn còn, lần sau sẽ vẽ tiếp.',
    en: 'Stopped. Request {id} is kept and will be finished later.',
  },
} as const satisfies Record<string, Text>;
