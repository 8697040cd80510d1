import type { Text } from './text.ts';

/** What the operator reads when the product starts, and when its configuration is wrong. */
export const operatorMessages = {
  'start-title': { vi: 'Họa Mi {version} đã sẵn sàng', en: 'Họa Mi {version} is ready' },
  'start-page': { vi: 'Mở trang    {url}', en: 'Open        {url}' },
  'start-data': { vi: 'Dữ liệu     {place}', en: 'Data        {place}' },
  'start-mode-sandbox': {
    vi: 'Chế độ      thử nghiệm: {why}. Ảnh do máy này vẽ, không tốn tiền.',
    en: 'Mode        sandbox: {why}. Pictures are drawn by this machine and cost nothing.',
  },
  'start-mode-bedrock': { vi: 'Chế độ      Amazon Bedrock ở {region}', en: 'Mode        Amazon Bedrock in {region}' },
  'start-why-no-credentials': { vi: 'không tìm thấy khoá AWS', en: 'no AWS credentials were found' },
  'start-why-asked': { vi: 'HOAMI_SANDBOX=on', en: 'HOAMI_SANDBOX=on' },
  'start-prompts': { vi: 'Mô tả       {who}', en: 'Prompts     {who}' },
  'start-prompts-claude': { vi: 'Claude ({model})', en: 'Claude ({model})' },
  'start-prompts-bedrock': { vi: 'Claude qua Bedrock ({model})', en: 'Claude through Bedrock ({model})' },
  'start-prompts-sandbox': { vi: 'bản giả lập Claude trên máy này', en: 'a stand-in for Claude on this machine' },
  'start-queue': { vi: 'Hàng đợi    {where}', en: 'Queue       {where}' },
  'start-embedded': { vi: 'trong tiến trình này', en: 'inside this process' },
  'start-clips-bucket': {
    vi: 'Video       cần S3_BUCKET ở vùng {region}; chưa có nên /video chưa dùng được',
    en: 'Clips       need S3_BUCKET in {region}; without it there is no /video',
  },
  'start-clips-ffmpeg': {
    vi: 'Video       không tìm thấy ffmpeg: video nặng sẽ được gửi bằng đường dẫn (đặt FFMPEG_PATH)',
    en: 'Clips       ffmpeg was not found: heavy clips are posted as a link (set FFMPEG_PATH)',
  },
  'start-for-real': {
    vi: 'Để dùng thật, đặt các biến này rồi chạy lại (xem .env.example):',
    en: 'For real use, set these and start again (see .env.example):',
  },
  'start-set-bedrock': {
    vi: '  Bedrock   AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY, AWS_PROFILE, hoặc AWS_BEARER_TOKEN_BEDROCK',
    en: '  Bedrock   AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or AWS_BEARER_TOKEN_BEDROCK',
  },
  'start-set-claude': {
    vi: '  Claude    ANTHROPIC_API_KEY (không có thì dùng Claude qua Bedrock)',
    en: '  Claude    ANTHROPIC_API_KEY (without it, Claude is used through Bedrock)',
  },
  'start-slack': { vi: 'Slack       đã kết nối', en: 'Slack       connected' },
  'start-set-slack': {
    vi: '  Slack     SLACK_BOT_TOKEN và SLACK_APP_TOKEN (xem adapters/slack/README.md)',
    en: '  Slack     SLACK_BOT_TOKEN and SLACK_APP_TOKEN (see adapters/slack/README.md)',
  },
  'start-set-discord': { vi: '  Discord   DISCORD_TOKEN', en: '  Discord   DISCORD_TOKEN' },
  'config-wrong': { vi: 'Cấu hình chưa đúng. Hãy sửa các biến sau:', en: 'The configuration is not right. Please correct:' },
  'config-names': { vi: 'phải là các tên, cách nhau bằng dấu phẩy', en: 'must be names with commas between them' },
  'config-choice': { vi: 'phải là một trong: {choices}', en: 'must be one of: {choices}' },
  'config-number': { vi: 'phải là số nguyên từ {min} đến {max}', en: 'must be a whole number from {min} to {max}' },
  'config-dollars': { vi: 'phải là số tiền đô la, ví dụ 12.50', en: 'must be an amount in dollars, such as 12.50' },
  'config-url': { vi: 'phải là địa chỉ bắt đầu bằng {schemes}', en: 'must be an address that starts with {schemes}' },
  'config-host': { vi: 'phải là một địa chỉ IP hoặc tên máy', en: 'must be an IP address or the name of a host' },
  'config-hosts': {
    vi: 'phải là các tên máy, cách nhau bằng dấu phẩy, không có cổng',
    en: 'must be names of hosts with commas between them, without ports',
  },
  'config-region': { vi: 'phải là tên một vùng AWS, ví dụ us-west-2', en: 'must be the name of an AWS region, such as us-west-2' },
  'config-bucket': { vi: 'phải là tên một bucket S3', en: 'must be the name of an S3 bucket' },
  'config-key': { vi: 'phải là 64 chữ số hệ 16', en: 'must be 64 hexadecimal digits' },
  'config-servers': {
    vi: 'phải là all, hoặc mã các máy chủ cách nhau bằng dấu phẩy',
    en: 'must be all, or ids of servers with commas between them',
  },
  'config-shards': { vi: 'phải là một số hoặc một khoảng, ví dụ 0-3', en: 'must be a number or a range, such as 0-3' },
  'config-needs': { vi: 'cần có cả {other}', en: 'needs {other} as well' },
  'config-unknown': { vi: 'không có biến này; có phải bạn muốn đặt {nearest}?', en: 'is not a setting; did you mean {nearest}?' },
  'config-credentials': {
    vi: 'đang là off, nhưng không tìm thấy khoá AWS',
    en: 'is off, but no AWS credentials were found',
  },
  'config-sandbox-shared': {
    vi: 'đang là auto và không tìm thấy khoá AWS, nhưng đã đặt {names}: hãy đặt khoá AWS, hoặc HOAMI_SANDBOX=on với cơ sở dữ liệu riêng',
    en: 'is auto and no AWS credentials were found, but there is {names}: set credentials, or HOAMI_SANDBOX=on with a database of its own',
  },
  'config-needed-apart': {
    vi: 'cần có để chạy gateway và worker riêng; `npm start` thì không cần',
    en: 'is needed to run gateway and worker apart; `npm start` does without',
  },
  'start-already-running': {
    vi: 'Đã có một Họa Mi đang chạy với dữ liệu ở {place}.',
    en: 'Another Họa Mi is already running on the data in {place}.',
  },
  'start-waiting-for-shell': {
    vi: 'Một lệnh hoami đang dùng dữ liệu ở {place}; Họa Mi chờ lệnh ấy xong.',
    en: 'A hoami command is using the data in {place}; Họa Mi waits for it to end.',
  },
  'start-port-taken': {
    vi: 'Cổng {port} đang được dùng. Hãy đặt {variable} sang số khác.',
    en: 'Port {port} is in use. Set {variable} to another number.',
  },
  'start-port-forbidden': {
    vi: 'Tài khoản này không được mở cổng {port}. Hãy đặt {variable} sang số khác, từ 1024 trở lên.',
    en: 'This account may not open port {port}. Set {variable} to another number, 1024 or above.',
  },
  'start-address-wrong': {
    vi: '{host} không phải là địa chỉ của máy này. Hãy xem lại HOAMI_HOST.',
    en: '{host} is not an address of this machine. Check HOAMI_HOST.',
  },
  'start-folder-unusable': {
    vi: 'Không ghi được vào thư mục {place}. Hãy xem lại HOAMI_DATA_DIR.',
    en: 'The folder {place} cannot be written to. Check HOAMI_DATA_DIR.',
  },
  'start-host-silent': {
    vi: 'Một Họa Mi khác đang giữ dữ liệu ở {place} nhưng không trả lời. Hãy dừng nó rồi thử lại.',
    en: 'Another Họa Mi holds the data in {place} but does not answer. End it and try again.',
  },
  'start-ledger-unreachable': {
    vi: 'Không mở được sổ cái ({where}). Hãy xem lại {variable}.',
    en: 'The ledger cannot be opened ({where}). Check {variable}.',
  },
  'start-failed': {
    vi: 'Họa Mi không khởi động được ({reason}). Nhật ký ở trên có chi tiết.',
    en: 'Họa Mi could not start ({reason}). The log above says more.',
  },
} as const satisfies Record<string, Text>;
