/** Nouns, `Vietnamese=English`, apart by semicolons. Where two spellings fold to the same letters, the earlier line wins for unmarked text. */
export const PEOPLE = `
người=person; cô=woman; bà=old woman; ông=old man; em=young child; bé=little child; anh=young man; chị=woman; chú=man; bác=old man;
cậu=boy; nàng=young woman; chàng=young man; bạn=friend; con=child; con người=human; mọi người=people; đám đông=crowd;
gia đình=family; bạn bè=friends; nhóm bạn=group of friends; cô gái=girl; gái=girl; thiếu nữ=young woman; phụ nữ=woman;
người phụ nữ=woman; đàn bà=woman; chàng trai=young man; con trai=boy; con gái=girl; đàn ông=man; người đàn ông=man;
thanh niên=young man; thiếu niên=teenager; bé gái=little girl; bé trai=little boy; cậu bé=little boy; cô bé=little girl; em bé=baby;
trẻ em=children; trẻ con=children; đứa trẻ=child; đứa bé=child; học sinh=student; nữ sinh=schoolgirl; nam sinh=schoolboy;
sinh viên=student; giáo viên=teacher; cô giáo=female teacher; thầy giáo=male teacher; bác sĩ=doctor; y tá=nurse; kỹ sư=engineer;
công nhân=worker; nông dân=farmer; ngư dân=fisherman; cảnh sát=police officer; lính=soldier; người lính=soldier; bộ đội=soldier;
chiến binh=warrior; hiệp sĩ=knight; võ sĩ=fighter; ca sĩ=singer; họa sĩ=painter; nhạc sĩ=musician; nghệ sĩ=artist; diễn viên=actor;
vũ công=dancer; người mẫu=model; đầu bếp=chef; nhà khoa học=scientist; phi hành gia=astronaut; phi công=pilot; thủy thủ=sailor;
cướp biển=pirate; nhà sư=monk; sư thầy=monk; chú tiểu=young monk; phù thủy=wizard; mụ phù thủy=witch; nhà vua=king; vua=king;
hoàng đế=emperor; hoàng hậu=queen; nữ hoàng=queen; công chúa=princess; hoàng tử=prince; tướng quân=general; ông lão=old man;
ông già=old man; cụ ông=old man; ông cụ=old man; bà lão=old woman; bà cụ=old woman; cụ bà=old woman; bà già=old woman;
bà ngoại=grandmother; bà nội=grandmother; ông ngoại=grandfather; ông nội=grandfather; bố=father; cha=father; mẹ=mother;
anh trai=older brother; chị gái=older sister; em trai=younger brother; em gái=younger sister; cô dâu=bride; chú rể=groom;
cặp đôi=couple; đôi tình nhân=couple in love; vợ chồng=married couple; hai vợ chồng=married couple; vợ chồng già=elderly couple; hai vợ chồng già=elderly couple; bạn gái=girlfriend; bạn trai=boyfriend;
mẹ con=mother and child; người bán hàng=street vendor; người bán hoa=flower seller; người bán hàng rong=street vendor;
tiểu thương=market trader; du khách=tourists; khách=guests; tài xế=driver; thợ rèn=blacksmith; thợ gốm=potter; siêu nhân=superhero;
siêu anh hùng=superhero; anh hùng=hero; người máy=robot; rô bốt=robot; người ngoài hành tinh=alien; thiên thần=angel; ác quỷ=demon;
ma=ghost; thần tiên=fairy; nàng tiên=fairy; cô tiên=fairy; nàng tiên cá=mermaid; tiên cá=mermaid; xác sống=zombie; ninja=ninja;
samurai=samurai; ông già noel=Santa Claus; phật=Buddha; đức phật=Buddha; quan âm=Guanyin
`;

export const BODY = `
mặt=face; khuôn mặt=face; gương mặt=face; mắt=eyes; đôi mắt=eyes; mũi=nose; miệng=mouth; môi=lips; tai=ears; tóc=hair; mái tóc=hair;
tóc dài=long hair; tóc ngắn=short hair; tay=hand; bàn tay=hand; chân=leg; bàn chân=foot; đầu=head; vai=shoulder; lưng=back;
cánh=wings; đôi cánh=wings; đuôi=tail; sừng=horn; râu=beard; nụ cười=smile; nước mắt=tears; trái tim=heart; tim=heart;
cơ bắp=muscles; lông=fur; lông vũ=feathers; răng=teeth; vảy=scales
`;

export const ANIMALS = `
mèo=cat; mèo con=kitten; mèo mướp=tabby cat; mèo tam thể=calico cat; chó=dog; chó con=puppy; cún=puppy; cún con=puppy; gà=chicken;
gà trống=rooster; gà mái=hen; gà con=chick; vịt=duck; vịt con=duckling; ngỗng=goose; lợn=pig; heo=pig; heo con=piglet; bò=cow;
bò sữa=dairy cow; trâu=water buffalo; con trâu=water buffalo; dê=goat; cừu=sheep; ngựa=horse; ngựa vằn=zebra; bạch mã=white horse;
thỏ=rabbit; chuột=mouse; sóc=squirrel; nhím=hedgehog; hổ=tiger; cọp=tiger; hổ con=tiger cub; sư tử=lion; báo=leopard;
báo đốm=leopard; gấu=bear; gấu trúc=panda; gấu bắc cực=polar bear; gấu bông=teddy bear; khỉ=monkey; khỉ đột=gorilla; voi=elephant;
voi con=baby elephant; hươu=deer; nai=deer; hươu cao cổ=giraffe; cáo=fox; sói=wolf; chó sói=wolf; chim=bird; chim bồ câu=dove;
chim én=swallow; chim sẻ=sparrow; chim họa mi=nightingale; họa mi=nightingale; đại bàng=eagle; cú=owl; cú mèo=owl; công=peacock;
chim công=peacock; hạc=crane; chim hạc=crane; cò=white egret; con cò=white egret; cánh cò=white egret; vẹt=parrot; thiên nga=swan;
chim cánh cụt=penguin; cá=fish; cá chép=carp; cá koi=koi; cá vàng=goldfish; cá heo=dolphin; cá voi=whale; cá mập=shark;
cá sấu=crocodile; rùa=turtle; rắn=snake; ếch=frog; tôm=shrimp; cua=crab; mực=squid; bạch tuộc=octopus; sứa=jellyfish;
bướm=butterfly; ong=bee; kiến=ant; nhện=spider; chuồn chuồn=dragonfly; đom đóm=fireflies; ốc=snail; ốc sên=snail;
khủng long=dinosaur; kỳ lân=unicorn; phượng hoàng=phoenix; quái vật=monster; động vật=animal; thú cưng=pet; đàn chim=flock of birds;
đàn trâu=herd of water buffalo; đàn cá=school of fish; rồng=East-Asian serpentine dragon; long=East-Asian serpentine dragon;
cá chép hóa rồng=carp turning into a serpentine dragon
`;
