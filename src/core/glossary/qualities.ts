/** Words that follow their noun in Vietnamese and come before it in English; colours first. */
export const COLOURS = `
đỏ=red; xanh lá=green; xanh lá cây=green; xanh lục=green; xanh dương=blue; xanh da trời=sky blue; xanh nước biển=ocean blue;
xanh lam=blue; xanh biển=blue; xanh ngọc=turquoise; xanh rêu=moss green; xanh đậm=dark blue; xanh=green; vàng=yellow; trắng=white;
đen=black; hồng=pink; tím=purple; cam=orange; da cam=orange; nâu=brown; xám=gray; ghi=gray; bạc=silver; vàng kim=golden;
đỏ rực=bright red; trắng đen=black and white; đen trắng=black and white; trắng tinh=pure white; cầu vồng=rainbow-colored;
bảy màu=rainbow-colored; kem=cream-colored; be=beige
`;

export const QUALITIES = `
đẹp=beautiful; xinh=pretty; xinh đẹp=beautiful; xinh xắn=pretty; dễ thương=cute; đáng yêu=cute; ngộ nghĩnh=funny; hài hước=funny;
lớn=big; to=big; to lớn=huge; khổng lồ=giant; nhỏ=small; bé=small; nhỏ bé=tiny; bé nhỏ=tiny; tí hon=tiny; bé xíu=tiny;
con con=little; cao=tall; thấp=low; dài=long; ngắn=short; rộng=wide; hẹp=narrow; dày=thick; mỏng=thin; béo=fat; mập=chubby;
gầy=slim; già=old; trẻ=young; trẻ trung=youthful; cũ=old; cổ=ancient; cổ kính=ancient; cổ điển=classic; cổ xưa=ancient;
cổ trang=historical; mới=new; hiện đại=modern; truyền thống=traditional; dân gian=folk; tương lai=futuristic; hoàng gia=royal;
sang trọng=luxurious; quý phái=noble; thanh lịch=elegant; duyên dáng=graceful; giản dị=simple; đơn giản=simple; tối giản=minimalist;
phức tạp=intricate; chi tiết=detailed; sắc nét=sharp; mờ=blurry; mờ ảo=hazy; huyền ảo=magical; kỳ ảo=fantastical;
thần tiên=fairy-tale; huyền bí=mysterious; bí ẩn=mysterious; bí mật=secret; ma mị=eerie; đáng sợ=scary; kinh dị=horror;
ma quái=ghostly; buồn=sad; vui=happy; vui vẻ=cheerful; hạnh phúc=happy; tươi cười=smiling; tức giận=angry; giận dữ=angry;
cô đơn=lonely; lãng mạn=romantic; mơ mộng=dreamy; yên bình=peaceful; thanh bình=peaceful; bình yên=peaceful; tĩnh lặng=tranquil;
yên tĩnh=quiet; đông đúc=crowded; đông vui=bustling; nhộn nhịp=bustling; tấp nập=bustling; vắng vẻ=deserted; vắng=empty;
hoang vắng=desolate; hoang sơ=pristine; hoang dã=wild; bỏ hoang=abandoned; hùng vĩ=majestic; tráng lệ=magnificent; hoành tráng=epic;
ngầu=cool; dũng mãnh=mighty; mạnh mẽ=powerful; oai phong=majestic; oai hùng=heroic; nóng=hot; lạnh=cold; lạnh giá=freezing;
ấm áp=warm; mát=cool; mát mẻ=cool; ướt=wet; khô=dry; ẩm ướt=damp; sáng=bright; tươi sáng=bright; sáng sủa=bright; rực rỡ=vibrant;
lấp lánh=sparkling; long lanh=sparkling; lung linh=shimmering; rực sáng=glowing; phát sáng=glowing; tỏa sáng=glowing; tối=dark;
u ám=gloomy; trong suốt=transparent; trong xanh=clear blue; xanh mướt=lush green; xanh tươi=lush green; xanh biếc=deep blue;
xanh thẳm=deep blue; đỏ thắm=crimson; đầy=full; đầy màu sắc=colorful; sặc sỡ=colorful; nhiều màu=colorful; nhiều màu sắc=colorful;
tươi=fresh; tươi ngon=fresh and delicious; ngon=delicious; ngọt=sweet; cay=spicy; nướng=grilled; chiên=fried; luộc=boiled;
chín=ripe; thơm=fragrant; nghi ngút khói=steaming; bốc khói=steaming; bằng gỗ=wooden; gỗ=wooden; bằng đá=stone; bằng tre=bamboo;
tre=bamboo; trúc=bamboo; bằng vàng=golden; bằng bạc=silver; bằng kính=glass; thủy tinh=glass; bằng giấy=paper; lụa=silk; vải=fabric;
gốm=ceramic; sứ=porcelain; kim loại=metal; sắt=iron; đồng=bronze; nhung=velvet; len=woolen; da=leather; ren=lace; rơm=straw;
ngói=tiled; gạch=brick; tròn=round; vuông=square; thẳng=straight; cong=curved; xoăn=curly; tinh nghịch=playful; thông minh=clever;
nghịch ngợm=mischievous; tò mò=curious; hiền lành=gentle; hiền hậu=kind; hiền=gentle; nghiêm nghị=stern; dịu dàng=gentle;
nhẹ nhàng=gentle; bay bổng=ethereal; khác nhau=different; giống nhau=identical; việt nam=Vietnamese; á đông=East Asian;
phương đông=Eastern; phương tây=Western; nhật bản=Japanese; thần thánh=divine; linh thiêng=sacred; cơ khí=mechanical; robot=robotic;
đậm=deep; nhạt=pale; pastel=pastel; neon=neon; gai góc=thorny; nở=blooming; nở rộ=in full bloom; khô héo=withered; tan vỡ=broken;
vỡ=broken; ngập nước=flooded; ngập nắng=sun-drenched; phủ tuyết=snow-covered; hạnh ngộ=happy; thơ mộng=poetic; nên thơ=poetic;
tự nhiên=natural; mềm mại=soft; mềm=soft; cứng=hard; ảo diệu=surreal; siêu thực=surreal; chân thực=realistic; sống động=vivid;
chất lượng cao=high-quality; rách=torn; sạch=clean; sạch sẽ=clean; bẩn=dirty; giàu=rich; nghèo=poor; xa=distant; gần=nearby;
xa xăm=distant; sâu=deep; nông=shallow; tươi tắn=radiant; thon thả=slender; bạc trắng=silver-white; bồng bềnh=floating;
nghệ thuật=artistic; công nghệ=high-tech; thời trang=fashionable;
nóng hổi=steaming hot; ấm cúng=cosy; đầy sao=starry; đầy hoa=full of flowers; nhiều hoa=flowery
`;
