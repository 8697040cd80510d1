/** Verbs, given in the form that a caption uses. */
export const ACTIONS = `
mặc=wearing; đội=wearing; đeo=wearing; mang=carrying; khoác=wearing; diện=wearing; đi=going; đi bộ=walking; đi dạo=strolling;
dạo=strolling; dạo phố=strolling down the street; đi chợ=going to the market;
đi chợ nổi=going to the floating market with wooden boats full of produce; đi chợ tết=going to the Tet market;
đi học=going to school; đi chơi=going out; đi xe đạp=riding a bicycle; đạp xe=riding a bicycle; đi xe máy=riding a motorbike;
lái xe=driving a vehicle; lái=driving; cưỡi=riding; cưỡi ngựa=riding a horse; cưỡi trâu=riding a water buffalo; chạy=running;
chạy bộ=jogging; nhảy=jumping; nhảy múa=dancing; múa=dancing; khiêu vũ=dancing; bay=flying; bay lượn=soaring; bơi=swimming;
bơi lội=swimming; lặn=diving; lặn biển=scuba diving; trèo=climbing; leo=climbing; leo núi=climbing a mountain; ngồi=sitting;
ngồi trên=sitting on; đứng=standing; nằm=lying; nằm ngủ=sleeping; ngủ=sleeping; ngủ ngon=sleeping soundly; quỳ=kneeling;
cười=smiling; mỉm cười=smiling; khóc=crying; hát=singing; ca hát=singing; nói chuyện=talking; trò chuyện=chatting; ôm=hugging;
hôn=kissing; nắm tay=holding hands; cầm=holding; cầm tay=holding hands; giữ=holding; bế=carrying in arms; cõng=carrying on the back;
bồng=carrying in arms; gánh=carrying on a shoulder pole; ăn=eating; uống=drinking; uống trà=drinking tea; nấu=cooking;
nấu ăn=cooking; nấu cơm=cooking rice; đọc=reading; đọc sách=reading a book; viết=writing; học=studying; học bài=studying;
vẽ=drawing; chơi=playing; chơi đàn=playing a musical instrument; chơi bóng=playing with a ball; đá bóng=playing football;
đá cầu=playing shuttlecock kicking; thả diều=flying a kite; chơi cờ=playing chess; đánh cờ=playing chess; làm việc=working;
làm=making; bán=selling; bán hàng=selling goods; mua=buying; mua sắm=shopping; câu cá=fishing; đánh cá=fishing;
chèo thuyền=rowing a boat; chèo xuồng=rowing a small boat; chèo=rowing; cấy lúa=planting rice; gặt lúa=harvesting rice;
gặt=harvesting; cày ruộng=plowing a rice field; trồng cây=planting trees; tưới cây=watering plants; nhìn=looking at; ngắm=gazing at;
ngắm nhìn=gazing at; nhìn ra=looking out at; nhìn lên=looking up at; ngắm trăng=gazing at the moon; chiến đấu=fighting;
đánh nhau=fighting; chụp ảnh=taking photos; thiền=meditating; ngồi thiền=sitting in meditation; cầu nguyện=praying;
thắp hương=lighting incense; thắp nến=lighting candles; rơi=falling; mọc=rising; lặn xuống=setting; nở hoa=blooming;
chiếu=shining on; chiếu sáng=illuminating; phản chiếu=reflecting; soi bóng=reflected; trôi=drifting; chảy=flowing; cháy=burning;
thổi=blowing; thổi sáo=playing the flute; gảy đàn=playing a string instrument; biểu diễn=performing;
đón tết=celebrating Tet (Vietnamese Lunar New Year); đón=welcoming; rước đèn=parading with lanterns;
gói bánh chưng=wrapping banh chung (square sticky-rice cakes in dong leaves); chăn trâu=tending water buffalo; chờ=waiting;
đợi=waiting; tạo dáng=posing; cầm hoa=holding flowers; cầm ô=holding an umbrella; che ô=holding an umbrella;
bay trên trời=flying in the sky; nghe nhạc=listening to music; tắm=bathing; tắm biển=bathing in the sea; pha cà phê=brewing coffee;
uống cà phê=drinking coffee; ăn phở=eating pho (Vietnamese beef noodle soup); bay qua=flying over; bước=stepping; đuổi=chasing;
rượt đuổi=chasing; bắt=catching; trốn=hiding; bao quanh=surrounded by; phủ=covered with; phủ đầy=covered with; bao phủ=covered with;
trang trí=decorated with; lấp đầy=filled with; hóa=turning into; biến thành=turning into; có=with;
phun lửa=breathing fire; chở=carrying; chở đầy=loaded with; thổi=blowing; rợp bóng=shaded by; rợp=shaded by
`;

/** Kinds of picture and ways of taking or drawing one: they stand as nouns. */
export const STYLES = `
ảnh=photo; bức ảnh=photo; tấm ảnh=photo; hình ảnh=image; hình=picture; bức hình=picture; tấm hình=picture; hình nền=wallpaper;
hình nền điện thoại=phone wallpaper; ảnh chụp=photo; ảnh cưới=wedding photo; ảnh chân dung=portrait photo; chân dung=portrait of;
bức chân dung=portrait of; tranh=painting; bức tranh=painting; tranh vẽ=painting; bức vẽ=drawing; bản vẽ=drawing;
tranh sơn dầu=oil painting; sơn dầu=oil painting; tranh màu nước=watercolor painting; màu nước=watercolor;
tranh thủy mặc=ink wash painting; thủy mặc=ink wash painting; tranh lụa=silk painting; tranh phong cảnh=landscape painting;
tranh chì=pencil drawing; vẽ chì=pencil drawing; bút chì=pencil; phác thảo=sketch; ký họa=sketch; minh họa=illustration;
tranh minh họa=illustration; hoạt hình=cartoon; phim hoạt hình=cartoon; truyện tranh=comic book; truyện cổ tích=fairy tale;
cổ tích=fairy tale; tranh cổ động=propaganda poster; áp phích=poster; bìa sách=book cover; biểu tượng=icon; nhãn dán=sticker;
thiệp=greeting card; thiệp chúc mừng=greeting card; mô hình=model; phong cách=style; theo phong cách=in the style of;
phong cách nhật bản=in Japanese style; phong cách hàn quốc=in Korean style; phong cách trung quốc=in Chinese style;
phong cách anime=anime style; phong cách cổ điển=classic style; phong cách tối giản=minimalist style;
phong cách hoạt hình=cartoon style; điện ảnh=cinematic; cận cảnh=close-up; chụp cận cảnh=close-up; toàn cảnh=wide shot;
toàn thân=full body; nhìn từ trên cao=seen from above; từ trên cao=seen from above; góc rộng=wide angle; góc thấp=low angle;
góc nhìn=view; xóa phông=with a blurred background; phông mờ=blurred background; siêu nét=ultra sharp;
độ phân giải cao=high resolution; nghệ thuật đường phố=street art; phim=film; ấn tượng=impressionist;
trường phái ấn tượng=impressionism; trừu tượng=abstract; màu sắc=colors; nền trắng=white background; nền đen=black background;
khoa học viễn tưởng=science fiction; viễn tưởng=science fiction; thần thoại=mythology; huyền thoại=legend; thiết kế=design;
nội thất=interior; kiến trúc=architecture; cảnh đẹp=beautiful scenery; cảnh quan=landscape
`;
