import type { Text } from './text.ts';

/** What the shell command says. */
export const shellMessages = {
  'shell-usage': {
    vi: `Họa Mi vẽ theo lời bạn.

  hoami imagine "một con mèo mặc áo dài" [tuỳ chọn]   vẽ một bức
  hoami edit "bỏ cái mũ đi" --image anh.jpg           sửa một tấm ảnh
  hoami video "thuyền trôi trên sông" --yes           làm video
  hoami describe anh.jpg                              tả ảnh thành lời
  hoami models                                        các mô hình và giá
  hoami help edit                                     nói thêm về một lệnh

Lệnh nào cũng có
  --out ten.png      tên tệp kết quả
  --json             in một đối tượng JSON
  --yes              đồng ý với giá, không hỏi lại`,
    en: `Họa Mi paints what you say.

  hoami imagine "a cat in an ao dai" [options]   paint a picture
  hoami edit "remove the hat" --image in.jpg     change a picture
  hoami video "a boat on the river" --yes        make a clip
  hoami describe in.jpg                          put a picture into words
  hoami models                                   models and prices
  hoami help edit                                more about one command

Every command has
  --out cat.png      name of the result's file
  --json             print one JSON object
  --yes              agree to the price, whatever it is`,
  },
  'shell-usage-imagine': {
    vi: `  hoami imagine "một con mèo mặc áo dài" [tuỳ chọn]

Tuỳ chọn
  --ar 16:9          tỉ lệ khung hình
  --seed 42          số seed; cùng số, cùng ảnh
  --no "xe, người"   những thứ không muốn có
  --n 2              số ảnh, nhiều nhất là 4
  --model core       mô hình: {models}
  --image anh.jpg    ảnh để vẽ theo
  --strength 0.6     sửa ít (0) hay nhiều (1)
  --raw, --translate giữ lời bạn, hoặc chỉ dịch
  --out meo.png      tên tệp ảnh
  --json             in một đối tượng JSON
  --yes              đồng ý với giá, không hỏi lại`,
    en: `  hoami imagine "a cat in an ao dai" [options]

Options
  --ar 16:9          aspect ratio
  --seed 42          seed; the same seed gives the same picture
  --no "cars"        what should not be there
  --n 2              how many pictures, 4 at most
  --model core       model: {models}
  --image in.jpg     a picture to go by
  --strength 0.6     change it a little (0) or a lot (1)
  --raw, --translate keep your words, or only translate them
  --out cat.png      name of the picture file
  --json             print one JSON object
  --yes              agree to the price, whatever it is`,
  },
  'shell-usage-edit': {
    vi: `  hoami edit "<muốn sửa gì>" --image anh.jpg [tuỳ chọn]

Ví dụ
  hoami edit "bỏ cái mũ đi" --image anh.jpg
  hoami edit "thay con chó bằng con mèo" --image anh.jpg
  hoami edit "đổi màu áo thành đỏ" --image anh.jpg
  hoami edit "một bình hoa" --image anh.jpg --mask vung.png
  hoami edit "" --image anh.jpg --mask vung.png          xoá chỗ được tô trắng
  hoami edit "mở rộng" --image anh.jpg --left 200
  hoami edit "phóng to" --image anh.jpg
  hoami edit "tách nền" --image anh.jpg
  hoami edit "" --image anh.jpg --style-image tranh.jpg

Tuỳ chọn
  --image anh.jpg        ảnh để sửa
  --mask vung.png        ảnh đen trắng, tô trắng chỗ cần sửa
  --style-image tr.jpg   ảnh có phong cách muốn lấy
  --left, --right, --up, --down 200, --zoom 1.5   vẽ thêm quanh ảnh
  --grow 8               nới rộng chỗ được sửa
  --model <tên>          mô hình: {models}
  --out ten.png, --json, --yes`,
    en: `  hoami edit "<what to change>" --image in.jpg [options]

Examples
  hoami edit "remove the hat" --image in.jpg
  hoami edit "replace the dog with a cat" --image in.jpg
  hoami edit "recolor the shirt red" --image in.jpg
  hoami edit "a vase of flowers" --image in.jpg --mask part.png
  hoami edit "" --image in.jpg --mask part.png           erases what is white
  hoami edit "outpaint" --image in.jpg --left 200
  hoami edit "upscale" --image in.jpg
  hoami edit "remove the background" --image in.jpg
  hoami edit "" --image in.jpg --style-image painting.jpg

Options
  --image in.jpg         the picture to change
  --mask part.png        black and white; white is what to change
  --style-image p.jpg    a picture whose style is taken
  --left, --right, --up, --down 200, --zoom 1.5   paint more around it
  --grow 8               work a little beyond the part
  --model <name>         model: {models}
  --out cat.png, --json, --yes`,
  },
  'shell-usage-video': {
    vi: `  hoami video "thuyền trôi trên sông" [tuỳ chọn] --yes

Tuỳ chọn
  --duration 5s      dài mấy giây
  --resolution 540p  độ nét: 540p hoặc 720p
  --ar 16:9          tỉ lệ khung hình
  --loop             cuối video nối liền với đầu
  --first dau.png    ảnh mở đầu
  --last cuoi.png    ảnh kết thúc
  --out thuyen.mp4   tên tệp video
  --json             in một đối tượng JSON
  --yes              đồng ý với giá, không hỏi lại

Xem giá mỗi giây: hoami models`,
    en: `  hoami video "a boat on the river" [options] --yes

Options
  --duration 5s      how many seconds
  --resolution 540p  how sharp: 540p or 720p
  --ar 16:9          aspect ratio
  --loop             the end joins the beginning
  --first in.png     the picture it begins with
  --last out.png     the picture it ends with
  --out boat.mp4     name of the clip's file
  --json             print one JSON object
  --yes              agree to the price, whatever it is

Prices per second: hoami models`,
  },
  'shell-usage-describe': {
    vi: `  hoami describe anh.jpg [--out ta.txt] [--json]

Tả ảnh thành lời và gợi ý lời để vẽ ảnh giống vậy.`,
    en: `  hoami describe in.jpg [--out words.txt] [--json]

Puts a picture into words and says what to ask for to get one like it.`,
  },
  'shell-price': {
    vi: 'Cái này giá {price}. Đồng ý thì thêm --yes.',
    en: 'This costs {price}. Add --yes to agree to that.',
  },
  'shell-price-question': { vi: 'Cái này giá {price}. Làm không? [c/K]', en: 'This costs {price}. Make it? [y/N]' },
  'shell-head-model': { vi: 'Mô hình', en: 'Model' },
  'shell-head-state': { vi: 'Tình trạng', en: 'State' },
  'shell-head-tasks': { vi: 'Làm được', en: 'Tasks' },
  'shell-price-second': { vi: '{price}/giây {resolution}', en: '{price}/s {resolution}' },
  'shell-state-active': { vi: 'đang dùng', en: 'active' },
  'shell-state-legacy': { vi: 'sắp ngừng{on}', en: 'legacy{on}' },
  'shell-state-retired': { vi: 'đã ngừng{on}', en: 'retired{on}' },
  'shell-state-never': { vi: 'chưa từng có trên Bedrock{on}', en: 'never on Bedrock{on}' },
  'shell-state-successor': { vi: 'thay bằng {model}', en: 'then {model}' },
  'shell-text-unwritable': { vi: 'Không ghi được tệp {file}.', en: 'Cannot write the file {file}.' },
  'shell-command-unknown': {
    vi: 'Không có lệnh “{command}”. Gõ: hoami help',
    en: 'There is no command “{command}”. Type: hoami help',
  },
  'shell-file-unreadable': { vi: 'Không đọc được tệp {file}.', en: 'Cannot read the file {file}.' },
  'shell-file-unwritable': {
    vi: 'Không ghi được tệp {file}. Kết quả vẫn còn ở {kept}.',
    en: 'Cannot write the file {file}. The result is kept at {kept}.',
  },
  'shell-failed': {
    vi: 'Có lỗi bất ngờ ({reason}). HOAMI_LOG_LEVEL=error cho biết thêm.',
    en: 'Something unexpected went wrong ({reason}). HOAMI_LOG_LEVEL=error says more.',
  },
  'shell-interrupted': {
    vi: 'Đã dừng. Yêu cầu {id} vẫn còn, lần sau mình làm tiếp.',
    en: 'Stopped. Request {id} is kept and will be finished later.',
  },
} as const satisfies Record<string, Text>;
