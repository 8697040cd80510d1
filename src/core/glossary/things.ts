/** Nouns, `Vietnamese=English`, apart by semicolons. */
export const FOOD = `
đồ ăn=food; món ăn=dish; thức ăn=food; bữa ăn=meal; mâm cơm=tray of Vietnamese home dishes; cơm=rice; cơm chiên=fried rice;
gạo=rice; mì=noodles; bún=rice noodles; cháo=rice porridge; canh=soup; súp=soup; lẩu=hot pot; thịt=meat; thịt bò=beef;
thịt gà=chicken meat; thịt nướng=grilled meat; bánh=cake; bánh kem=cream cake; bánh sinh nhật=birthday cake; bánh ngọt=pastry;
bánh quy=cookies; bánh trung thu=mooncake; kem=ice cream; kẹo=candy; sô cô la=chocolate; phô mai=cheese; bơ=avocado; trứng=egg;
rau=vegetables; rau củ=vegetables; trái cây=fruit; hoa quả=fruit; quả=fruit; táo=apple; quả táo=apple; trái táo=apple; cam=orange;
quả cam=orange; chanh=lime; quả chanh=lime; chuối=banana; dừa=coconut; quả dừa=coconut; trái dừa=coconut; dứa=pineapple;
quả dứa=pineapple; dưa hấu=watermelon; xoài=mango; quả xoài=mango; nho=grapes; dâu tây=strawberry; đào=peach; quả đào=peach;
thanh long=dragon fruit; quả thanh long=dragon fruit; sầu riêng=durian; ớt=chili pepper; cà chua=tomato; bí ngô=pumpkin; ngô=corn;
khoai=potato; nấm=mushroom; nước cam=orange juice; nước=water; nước ép=juice; trà=tea; trà sữa=bubble tea; trà xanh=green tea;
trà đá=iced tea; tách trà=cup of tea; cốc trà=cup of tea; ly trà=glass of tea; cốc trà sữa=cup of bubble tea; ly trà sữa=cup of bubble tea; cốc trà đá=glass of iced tea; ly trà đá=glass of iced tea;
ly cà phê sữa đá=glass of iced milk coffee; ly cà phê đá=glass of iced coffee; đường kính=sugar; đường phèn=rock sugar; cà phê=coffee; ly cà phê=cup of coffee; tách cà phê=cup of coffee; cốc cà phê=cup of coffee; sữa=milk; bia=beer;
rượu=wine; rượu vang=wine; sinh tố=smoothie
`;

export const CLOTHING = `
quần áo=clothes; trang phục=outfit; áo=shirt; áo sơ mi=shirt; áo thun=T-shirt; áo khoác=jacket; áo len=sweater; áo mưa=raincoat;
áo giáp=armor; giáp=armor; quần=trousers; quần jean=jeans; váy=dress; đầm=dress; váy cưới=wedding dress; váy dạ hội=evening gown;
đồng phục=uniform; áo choàng=cloak; vest=suit; com lê=suit; mũ=hat; nón=hat; mũ bảo hiểm=helmet; kính=glasses; mắt kính=glasses;
kính râm=sunglasses; khăn=scarf; khăn quàng=scarf; khăn quàng cổ=scarf; khăn rằn=checkered khan ran scarf; khẩu trang=face mask;
mặt nạ=mask; giày=shoes; giày cao gót=high heels; dép=sandals; guốc=wooden clogs; túi xách=handbag; ba lô=backpack;
trang sức=jewelry; vòng cổ=necklace; nhẫn=ring; vương miện=crown; đồng hồ=watch; bikini=bikini
`;

export const OBJECTS = `
xe=vehicle; xe đạp=bicycle; xe máy=motorbike; xe hơi=car; ô tô=car; oto=car; xe ô tô=car; xe tải=truck; xe buýt=bus; xe lửa=train;
tàu hỏa=train; đoàn tàu=train; tàu=ship; con tàu=ship; tàu thủy=ship; thuyền=boat; con thuyền=boat; thuyền buồm=sailboat;
ghe=wooden boat; xuồng=small wooden boat; máy bay=airplane; trực thăng=helicopter; tên lửa=rocket; hàng không=aviation;
hàng không vũ trụ=aerospace; tàu vũ trụ=spaceship; phi thuyền=spaceship; khinh khí cầu=hot air balloon; xe tăng=tank;
xe ngựa=horse carriage; xe đua=race car; bàn=table; cái bàn=table; ghế=chair; giường=bed; tủ=cabinet; kệ sách=bookshelf; đèn=lamp;
đèn neon=neon lights; đèn lồng=lanterns; lồng đèn=lanterns; nến=candle; ngọn nến=candle; cửa=door; cánh cửa=door; cửa sổ=window;
tường=wall; bức tường=wall; mái nhà=roof; mái ngói=tiled roof; sân=yard; cổng=gate; hàng rào=fence; cầu thang=stairs; rèm=curtain;
thảm=carpet; gương=mirror; bình=vase; lọ hoa=flower vase; bình hoa=flower vase; bình gốm=ceramic vase; chậu=pot; bát=bowl; tô=bowl;
tô phở=bowl of pho (Vietnamese beef noodle soup); tô phở bò=bowl of pho (Vietnamese beef noodle soup); bát phở bò=bowl of pho (Vietnamese beef noodle soup); thư pháp=calligraphy; ông đồ viết thư pháp=calligrapher writing; bát phở=bowl of pho (Vietnamese beef noodle soup); đĩa=plate; ly=glass; cốc=cup;
tách=teacup; chai=bottle; đũa=chopsticks; thìa=spoon; dao=knife; nồi=pot; khay=tray; giỏ=basket; rổ=basket;
quang gánh=shoulder pole with two baskets; đòn gánh=shoulder pole with two baskets; gánh hàng rong=shoulder pole with two baskets;
sách=book; cuốn sách=book; quyển sách=book; bút=pen; giấy=paper; thư=letter; bản đồ=map; điện thoại=phone; máy tính=computer;
laptop=laptop; máy ảnh=camera; ti vi=television; tai nghe=headphones; đàn=guitar; đàn ghi ta=guitar; đàn guitar=guitar;
đàn bầu=Vietnamese dan bau monochord; đàn tranh=Vietnamese dan tranh zither; sáo=bamboo flute; sáo trúc=bamboo flute; trống=drum;
trống đồng=Dong Son bronze drum; kèn=trumpet; micro=microphone; bóng=ball; quả bóng=ball; bóng bay=balloons; diều=kite;
cánh diều=kite; con diều=kite; búp bê=doll; đồ chơi=toy; hộp quà=gift box; quà=gift; ô=umbrella; dù=umbrella; quạt=fan;
quạt giấy=paper fan; kiếm=sword; thanh kiếm=sword; gươm=sword; súng=gun; cung tên=bow and arrow; khiên=shield; cờ=flag; lá cờ=flag;
kim cương=diamond; ngọc=jade; ngọc trai=pearl; vàng bạc=gold and silver; tiền=money; đồng xu=coin; lồng chim=birdcage; lồng=cage;
võng=hammock; chum=earthen jar; lưới=net; cần câu=fishing rod; mái chèo=oar; hoa tai=earrings; bảng hiệu=signboard;
biển hiệu=signboard; biển báo=sign; tấm bảng=board; chữ=text; dòng chữ=text; pháo hoa=fireworks; pháo=firecrackers; tượng=statue;
bức tượng=statue; tượng phật=Buddha statue; hộp=box; vali=suitcase; ghế sofa=sofa; sofa=sofa; ghế đá=stone bench;
cây thông noel=Christmas tree; bia đá=stone stele; khói=smoke; lửa=fire; ngọn lửa=flames; bong bóng=bubbles
`;
