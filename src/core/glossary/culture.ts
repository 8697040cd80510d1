/** Vietnamese things that picture models know badly: the name without marks and a short look of it, since a bare name is drawn as something else. */
export const CULTURE = `
áo dài=ao dai (fitted long silk tunic with side slits over wide trousers);
áo bà ba=ao ba ba (simple collarless button-up blouse of southern Vietnam);
áo tứ thân=ao tu than (four-panel northern peasant dress);
áo nhật bình=ao nhat binh (Nguyen-dynasty court robe with a rectangular collar);
áo yếm=ao yem (traditional halter bodice); yếm=ao yem (traditional halter bodice);
nón lá=non la (conical palm-leaf hat);
nón quai thao=non quai thao (wide flat palm hat with silk tassels);
khăn đóng=khan dong (round turban); khăn vấn=khan van (wrapped turban);
bánh chưng=banh chung (square sticky-rice cake wrapped in green dong leaves);
bánh tét=banh tet (cylindrical sticky-rice cake wrapped in banana leaves);
bánh mì=banh mi (Vietnamese baguette sandwich); bánh xèo=banh xeo (crispy turmeric rice pancake); bánh cuốn=banh cuon (thin steamed rice rolls);
bánh bao=banh bao (steamed white bun); bánh tráng=rice paper; gỏi cuốn=goi cuon (fresh rice-paper rolls); nem rán=fried spring rolls; chả giò=fried spring rolls;
phở=pho (Vietnamese beef noodle soup); phở bò=pho bo (Vietnamese beef noodle soup); phở gà=pho ga (Vietnamese chicken noodle soup);
bún chả=bun cha (grilled pork patties with rice noodles and herbs); bún bò=bun bo (spicy beef noodle soup); bún bò huế=bun bo Hue (spicy beef noodle soup); cơm tấm=com tam (broken rice with a grilled pork chop); cao lầu=cao lau (Hoi An noodles); mì quảng=mi quang (turmeric noodles);
cà phê phin=ca phe phin (coffee dripping from a small metal filter into a glass); cà phê sữa đá=iced milk coffee in a tall glass; xôi=sticky rice; chè=che (sweet dessert soup in a glass); nước mắm=fish sauce; mâm ngũ quả=tray of five fruits for Tet;
tết=Tet (Vietnamese Lunar New Year); ngày tết=Tet (Vietnamese Lunar New Year); tết nguyên đán=Tet (Vietnamese Lunar New Year); tết trung thu=Mid-Autumn Festival with lanterns; trung thu=Mid-Autumn Festival with lanterns; giao thừa=Lunar New Year's Eve;
hoa đào=pink peach blossom; cành đào=pink peach blossom branch; cây đào=pink peach blossom tree; hoa mai=yellow apricot blossom; cành mai=yellow apricot blossom branch; cây mai=yellow apricot blossom tree; cây quất=kumquat tree; câu đối=red calligraphy banners;
lì xì=red lucky-money envelopes; bao lì xì=red lucky-money envelopes; cây nêu=cay neu (tall bamboo New Year pole); múa lân=lion dance; đèn ông sao=five-pointed star lantern; đèn kéo quân=rotating shadow lantern; đèn trời=sky lanterns; đèn hoa đăng=floating flower lanterns; tò he=to he (colorful rice-dough figurines); ông đồ=ong do (old calligrapher in a black tunic and turban); đầu lân=lion dance head;
chợ nổi=floating market with wooden boats full of produce; cây bẹo=produce hanging from a boat pole; thuyền thúng=round woven basket boat; thúng=round woven basket; xe xích lô=xich lo (three-wheeled cycle rickshaw); xích lô=xich lo (three-wheeled cycle rickshaw); ghe tam bản=sampan; đò=sampan; con đò=sampan; bến đò=river ferry landing;
ruộng bậc thang=terraced rice fields; nhà sàn=wooden stilt house; nhà rông=nha rong (tall thatched communal house of the Central Highlands); nhà tranh=thatched cottage; nhà lá=palm-leaf house; mái tranh=thatched roof; nhà cổ=old wooden house; nhà ống=narrow tube house;
đèn lồng hội an=Hoi An silk lanterns; cầu vàng=Golden Bridge held by giant stone hands in the Ba Na Hills; chùa cầu=Japanese Covered Bridge of Hoi An; hồ gươm=Hoan Kiem Lake with Turtle Tower; hồ hoàn kiếm=Hoan Kiem Lake with Turtle Tower; chùa một cột=One Pillar Pagoda; kinh thành huế=Hue Imperial Citadel; đại nội=Hue Imperial City; ngọ môn=Ngo Mon Gate of Hue; thánh địa mỹ sơn=My Son Cham brick towers; tháp chàm=Cham brick tower; chùa hương=Perfume Pagoda; vịnh=bay;
tranh đông hồ=Dong Ho folk woodcut print; đông hồ=Dong Ho folk woodcut print; tranh hàng trống=Hang Trong folk painting; sơn mài=son mai lacquer; tranh sơn mài=son mai lacquer painting; gốm bát tràng=Bat Trang ceramics; gốm chu đậu=Chu Dau blue-and-white ceramics; lụa hà đông=Ha Dong silk; thổ cẩm=hand-woven brocade; múa rối nước=water puppet show; rối nước=water puppets; cồng chiêng=gongs; hát quan họ=quan ho folk singing; quan họ=quan ho folk singers; ca trù=ca tru chamber singing; tuồng=tuong classical opera; chèo cổ=cheo folk opera; cải lương=cai luong opera; nhã nhạc=Hue court music;
thánh gióng=Saint Giong (boy hero on an iron horse); lạc long quân=Lac Long Quan (dragon lord); âu cơ=Au Co (fairy mother); sơn tinh=Son Tinh (mountain god); thủy tinh thần=Thuy Tinh (water god); hai bà trưng=Trung Sisters on war elephants; chú cuội=Cuoi (man under the banyan tree on the moon); chị hằng=Hang (moon goddess); tấm cám=Tam and Cam fairy tale; rồng thời lý=Ly-dynasty serpentine dragon; trống đồng đông sơn=Dong Son bronze drum; chim lạc=Lac bird of the bronze drums; cụ rùa=sacred giant turtle; nghê=nghe (guardian lion-dog)
`;
