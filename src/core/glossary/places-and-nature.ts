/** Nouns, `Vietnamese=English`, apart by semicolons. */
export const PLACES = `
nhà=house; ngôi nhà=house; căn nhà=house; căn phòng=room; phòng=room; phòng khách=living room; phòng ngủ=bedroom; nhà bếp=kitchen;
bếp=kitchen; phòng bếp=kitchen; lớp học=classroom; trường học=school; trường=school; văn phòng=office; bệnh viện=hospital;
thư viện=library; quán cà phê=coffee shop; quán cafe=coffee shop; quán=small shop; quán ăn=small restaurant; nhà hàng=restaurant;
cửa hàng=shop; tiệm=shop; tiệm bánh=bakery; siêu thị=supermarket; khách sạn=hotel; rạp chiếu phim=cinema; sân khấu=stage;
bảo tàng=museum; ga tàu=train station; nhà ga=station; sân bay=airport; bến tàu=pier; bến cảng=harbor; công viên=park;
khu vườn=garden; vườn=garden; vườn hoa=flower garden; sân vận động=stadium; nhà máy=factory; lâu đài=castle; cung điện=palace;
tòa nhà=building; tòa tháp=tower; tháp=tower; nhà cao tầng=high-rise building; cầu=bridge; cây cầu=bridge; chợ=market;
chợ quê=rural market; chợ đêm=night market; chợ hoa=flower market; phố=street; con phố=street; đường phố=street;
góc phố=street corner; phố cổ=old quarter; đường=road; con đường=road; ngõ=alley; hẻm=alley; con hẻm=alley; ngõ nhỏ=narrow alley;
vỉa hè=sidewalk; làng=village; làng quê=countryside village; ngôi làng=village; quê=countryside; nông thôn=countryside;
miền quê=countryside; miền tây=Mekong Delta; miền núi=highlands; thành phố=city; thị trấn=town; đô thị=city; chùa=Buddhist pagoda;
ngôi chùa=Buddhist pagoda; đền=temple; đình=communal house; đình làng=village communal house; nhà thờ=church; nghĩa trang=cemetery;
thế giới=world; vũ trụ=universe; không gian=space; không gian quán=interior of a shop; không gian quán cà phê=interior of a coffee shop; hành tinh=planet; trái đất=Earth; mặt trăng=moon; trăng=moon;
ánh trăng=moonlight; ông trăng=moon; sao hỏa=Mars; thiên đường=paradise; địa ngục=hell; trang trại=farm; ao=pond; giếng=well;
giếng nước=well; nền=background; phông nền=background; hậu cảnh=background; cánh cổng=gate; đường hầm=tunnel; hang động=cave;
sân nhà=front yard; sân ga=train platform
`;

export const NAMED_PLACES = `
việt nam=Vietnam; hà nội=Hanoi; sài gòn=Saigon; thành phố hồ chí minh=Ho Chi Minh City; tp hcm=Ho Chi Minh City; huế=Hue;
đà nẵng=Da Nang; đà lạt=Da Lat; hội an=Hoi An old town; phố cổ hội an=Hoi An old town; sa pa=Sa Pa; sapa=Sa Pa; nha trang=Nha Trang;
phú quốc=Phu Quoc; cần thơ=Can Tho; hạ long=Ha Long Bay limestone karsts; vịnh hạ long=Ha Long Bay with limestone karsts;
hà giang=Ha Giang; ninh bình=Ninh Binh; tràng an=Trang An karst waterways; mũi né=Mui Ne; tây nguyên=Central Highlands;
phong nha=Phong Nha; cái răng=Cai Rang; mù cang chải=Mu Cang Chai; mộc châu=Moc Chau; côn đảo=Con Dao; vũng tàu=Vung Tau;
bến tre=Ben Tre; chợ bến thành=Ben Thanh Market; bến thành=Ben Thanh; long biên=Long Bien; cầu long biên=Long Bien Bridge;
cầu rồng=Dragon Bridge; sông hương=Perfume River; sông hồng=Red River; mê kông=Mekong; cửu long=Mekong;
văn miếu=Temple of Literature; tháp rùa=Turtle Tower; lăng bác=Ho Chi Minh Mausoleum; trường sơn=Truong Son; hồ tây=West Lake;
nhật bản=Japan; nhật=Japanese; hàn quốc=Korean; trung quốc=Chinese; trung hoa=Chinese; pháp=French; mỹ=American; nga=Russian;
ý=Italian; châu âu=European; châu á=Asian; paris=Paris; tokyo=Tokyo; ai cập=Egyptian; hy lạp=Greek; la mã=Roman; anh quốc=British
`;

export const NATURE = `
thiên nhiên=nature; phong cảnh=landscape; cảnh=scene; khung cảnh=scene; núi=mountain; ngọn núi=mountain; dãy núi=mountain range;
đồi=hill; ngọn đồi=hill; đồi chè=tea hills; đồi cát=sand dunes; rừng=forest; khu rừng=forest; rừng tre=bamboo forest;
rừng thông=pine forest; cánh rừng=forest; sông=river; dòng sông=river; con sông=river; bờ sông=riverbank; suối=stream;
dòng suối=stream; hồ=lake; hồ nước=lake; mặt hồ=lake surface; mặt nước=water surface; thác=waterfall; thác nước=waterfall; biển=sea;
bờ biển=seashore; bãi biển=beach; đại dương=ocean; đảo=island; hòn đảo=island; vịnh=bay; sóng=waves; sóng biển=sea waves; cát=sand;
sa mạc=desert; đá=rock; tảng đá=rock; vách đá=cliff; đất=ground; cánh đồng=field; cánh đồng lúa=rice fields; đồng lúa=rice fields;
ruộng=rice field; ruộng lúa=rice fields; lúa=rice plants; lúa chín=ripe golden rice; cỏ=grass; bãi cỏ=lawn; đồng cỏ=meadow;
thảo nguyên=steppe; cây=tree; cây cối=trees; cây cổ thụ=ancient tree; cây đa=banyan tree; gốc cây=foot of a tree; gốc đa=foot of a banyan tree; cây tre=bamboo; tre=bamboo; lũy tre=bamboo hedge;
tre làng=village bamboo; bụi tre=bamboo grove; cây dừa=coconut palm; cây thông=pine tree; cây phượng=flame tree;
cây bàng=Indian almond tree; lá=leaf; chiếc lá=leaf; lá vàng=yellow leaves; lá phong=maple leaves; bèo=water ferns; hoa=flower;
bó hoa=bouquet of flowers; hoa sen=lotus; sen=lotus; đầm sen=lotus pond; hồ sen=lotus pond; ao sen=lotus pond; hoa súng=water lily;
hoa hồng=rose; hoa cúc=daisy; hoa hướng dương=sunflower; hướng dương=sunflower; hoa lan=orchid; hoa ly=lily;
hoa anh đào=cherry blossom; anh đào=cherry blossom; hoa phượng=red flame-tree flowers; hoa giấy=bougainvillea;
hoa sữa=milk-flower blossoms; hoa ban=white bauhinia blossoms; hoa tam giác mạch=pink buckwheat flowers;
hoa cải=yellow mustard flowers; hoa oải hương=lavender; oải hương=lavender; hoa tulip=tulip; cánh hoa=petals; biển xanh=blue sea;
bầu trời xanh=blue sky; nước xanh=blue water; mắt xanh=blue eyes; đôi mắt xanh=blue eyes; mùa lúa chín=ripe golden rice season;
bầu trời=sky; trời=sky; trời xanh=blue sky; mây=clouds; đám mây=cloud; biển mây=sea of clouds; mặt trời=sun; nắng=sunlight;
ánh nắng=sunlight; tia nắng=sunbeams; sao=stars; ngôi sao=star; vì sao=stars; bầu trời sao=starry sky; trời sao=starry sky;
ngàn sao=countless stars; dải ngân hà=Milky Way; ngân hà=galaxy; thiên hà=galaxy; cực quang=aurora; cầu vồng=rainbow; mưa=rain;
cơn mưa=rain; trời mưa=rain; mưa phùn=drizzle; mưa rào=rain shower; bão=storm; cơn bão=storm; sấm sét=lightning; sét=lightning;
tia chớp=lightning; gió=wind; tuyết=snow; tuyết rơi=falling snow; băng=ice; sương=mist; sương mù=fog; sương sớm=morning mist;
sương mai=morning dew; giọt sương=dewdrop; núi lửa=volcano; không khí=atmosphere; san hô=coral; rặng san hô=coral reef;
dưới nước=underwater; đáy biển=seabed; tia sáng=light rays; giọt nước=water drop; bóng cây=tree shade; bóng=shadow
`;

export const TIME_AND_LIGHT = `
bình minh=sunrise; lúc bình minh=at sunrise; hoàng hôn=sunset; lúc hoàng hôn=at sunset; buổi sáng=morning; sáng sớm=early morning;
sáng mai=morning; ban mai=early morning; buổi trưa=noon; giữa trưa=high noon; buổi chiều=afternoon; chiều tà=late afternoon;
chiều=afternoon; buổi tối=evening; ban đêm=night; đêm=night; về đêm=at night; đêm khuya=late night; nửa đêm=midnight;
đêm trăng=moonlit night; trăng tròn=full moon; trăng rằm=full moon; ban ngày=daytime; ngày=day; mùa xuân=spring; mùa hè=summer;
mùa hạ=summer; mùa thu=autumn; mùa đông=winter; xuân=spring; thu=autumn; mùa=season; mùa nước nổi=flood season;
mùa gặt=harvest season; mùa vàng=golden harvest season; ánh sáng=light; giờ vàng=golden hour; ngược sáng=backlight;
nắng vàng=golden sunlight; nắng sớm=early sunlight; nắng chiều=late afternoon sunlight; ngày xưa=in the old days;
tương lai=futuristic; giáng sinh=Christmas; noel=Christmas; năm mới=New Year; sinh nhật=birthday; đám cưới=wedding; lễ hội=festival;
lễ cưới=wedding; ngày hội=festival; trong nắng=in the sunlight; thời gian=time; ánh đèn=lights; đèn đường=street lights
`;
