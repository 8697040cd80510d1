import type { Text } from './text.ts';

/** What `hoami token` says to whoever runs the page for others. */
export const tokenMessages = {
  usage: {
    vi: `Mã để đăng nhập vào trang, khi trang mở ra ngoài máy này.

  hoami token make Lan           tạo mã cho Lan
  hoami token make Lan --admin   Lan huỷ và xoá được cả ảnh của người khác
  hoami token list
  hoami token revoke 1a2b3c4d    thu hồi; ai đang dùng mã ấy phải ra ngay`,
    en: `Tokens to sign in to the page with, when it is open beyond this machine.

  hoami token make Lan           makes one for Lan
  hoami token make Lan --admin   Lan may also cancel and delete what others asked
  hoami token list
  hoami token revoke 1a2b3c4d    takes it back; whoever is in with it is out`,
  },
  made: {
    vi: 'Mã của {name}, chỉ hiện một lần này:\n\n  {token}',
    en: 'The token of {name}, shown this once:\n\n  {token}',
  },
  none: { vi: 'Chưa có mã nào. Tạo mã: hoami token make <tên>', en: 'There are no tokens. Make one: hoami token make <name>' },
  admin: { vi: 'quản trị', en: 'admin' },
  revoked: { vi: 'Đã thu hồi mã {id}.', en: 'Token {id} is taken back.' },
  unknown: { vi: 'Không có mã {id}. Xem: hoami token list', en: 'There is no token {id}. See: hoami token list' },
  'start-sign-in': {
    vi: 'Đăng nhập   trang mở ra ngoài máy này: mỗi người cần một mã (hoami token make <tên>)',
    en: 'Sign-in     the page is open beyond this machine: everybody needs a token (hoami token make <name>)',
  },
} as const satisfies Record<string, Text>;
