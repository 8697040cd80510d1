/** Relations between the things of a picture. */
export const RELATIONS = `
và=and; với=with; cùng=with; cùng với=together with; hoặc=or; của=of; trên=on; ở trên=on; phía trên=above; dưới=under;
dưới gốc=at the foot of; dưới gốc đa=under a banyan tree;
dưới gốc cây=under a tree; tên=named; có tên=named; bên dưới=below; phía dưới=below; trong=in; bên trong=inside; ở trong=in;
ngoài=outside; bên ngoài=outside; ngoài trời=outdoors; trong nhà=indoors; ở=in; tại=at; cạnh=beside; bên cạnh=beside; bên=beside;
kế bên=next to; gần=near; giữa=in the middle of; ở giữa=in the middle; trước=in front of; phía trước=in front of;
đằng trước=in front of; sau=behind; phía sau=behind; đằng sau=behind; sau lưng=behind; xung quanh=around; quanh=around; qua=through;
xuyên qua=through; dọc=along; dọc theo=along; bên trái=on the left; bên phải=on the right; từ=from; đến=to; tới=to; vào=in; lúc=at;
khi=when; trong lúc=while; như=like; giống như=like; giống=like; theo=following; bằng=made of; về=about; ra=out; lên=up; xuống=down;
cho=for; dưới ánh trăng=under the moonlight; trên bầu trời=in the sky; trên trời=in the sky; trên không=in the air; dưới biển=under the sea;
dưới mưa=in the rain; trong mưa=in the rain; trong mơ=in a dream; trên biển=at sea; trên mặt nước=on the water; không có=without;
không=without; nhưng=but; đang yêu=in love; đối diện=facing; nhìn nhau=looking at each other; hướng về=toward
`;

/** Numbers and amounts; all but `một` make the noun after them plural. */
export const NUMBERS = `
một=a; 1 con=a; hai=two; ba=three; bốn=four; năm=five; sáu=six; bảy=seven; bẩy=seven; tám=eight; chín=nine; mười=ten;
mười một=eleven; mười hai=twelve; hai mươi=twenty; một trăm=one hundred; trăm=a hundred; nghìn=a thousand; ngàn=a thousand; đôi=two;
cặp=two; một đôi=two; một cặp=two; chục=ten; một chục=ten; tá=twelve; một tá=twelve; vài=a few; một vài=a few; mấy=a few;
nhiều=many; rất nhiều=many; những=; các=; hàng ngàn=thousands of; hàng trăm=hundreds of; nửa=half; một nửa=half; mỗi=each
`;

/** Words that count things or sort them and name nothing themselves, when a noun follows. */
export const CLASSIFIERS =
  'con cái chiếc chú bức tấm cây quả trái ngôi căn tòa cuốn quyển bông đóa ngọn dòng đàn vị nàng chàng bầy cô ông bà em bé anh chị bác cậu đứa người hòn tờ thanh viên hạt bộ bạn khu miếng lát';

/** Words of grammar that a caption does without. */
export const SILENT =
  'thì; là; mà; rằng; đang; đã; sẽ; được; bị; này; kia; đó; ấy; đấy; nhé; nha; ạ; à; ơi; hãy; giúp; tôi; mình; tớ; màu; việc; sự; cuộc; nơi; rồi; vẫn; còn; cũng; nữa; luôn; cứ; lại; để; nào; lắm; quá';

/** How much of the quality that follows. */
export const DEGREES = 'rất=very; siêu=super; cực kỳ=extremely; cực=extremely; vô cùng=extremely; hơi=slightly; khá=quite; thật=really';

/** Requests around the picture, which are no part of it. */
export const COURTESY =
  'vẽ cho tôi; vẽ cho mình; vẽ giúp tôi; vẽ giúp mình; hãy vẽ; vẽ một bức tranh; tạo ảnh; tạo hình; tạo cho tôi; tạo giúp tôi; cho tôi; cho mình; làm ơn; giúp tôi; giúp mình; vẽ hình; vẽ';
