import { BlockList, isIP } from 'node:net';

const SLACK_HOST = 'slack.com';
const PRIVATE: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

/** Where this Slack keeps files, takes uploads and answers to interactions. A bot's token goes nowhere else. */
export interface SlackHosts {
  /** Whether the token may be sent there: an address of a file. */
  isFile(url: string): boolean;
  /** Whether bytes, or words for one person, may be sent there, without the token. */
  isSlack(url: string): boolean;
  /** Whether the network may be asked for this address: an allowed name must not lead into this machine's own network. */
  isReachable(address: string): boolean;
}

export function createSlackHosts(apiUrl: string): SlackHosts {
  const api = new URL(apiUrl);
  const isPublic = isIP(api.hostname) === 0 && api.hostname !== 'localhost';
  const blocked = new BlockList();
  for (const [network, prefix, family] of PRIVATE) blocked.addSubnet(network, prefix, family);
  const root = api.hostname === SLACK_HOST || api.hostname.endsWith(`.${SLACK_HOST}`) ? SLACK_HOST : api.hostname;
  const fileHosts = [`files.${root}`, `files-pri.${root}`, `files-origin.${root}`];
  const read = (url: string): URL | undefined => {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    return parsed === undefined || parsed.username !== '' || parsed.password !== '' ? undefined : parsed;
  };
  const isHttps = ({ protocol, port }: URL): boolean => protocol === 'https:' && port === '';
  // A stand-in is one address for everything.
  const isStandIn = ({ origin }: URL): boolean => !isPublic && origin === api.origin;
  return {
    isFile: (url) => {
      const parsed = read(url);
      return parsed !== undefined && (isStandIn(parsed) || (isPublic && isHttps(parsed) && fileHosts.includes(parsed.hostname)));
    },
    isSlack: (url) => {
      const parsed = read(url);
      if (parsed === undefined) return false;
      return isStandIn(parsed) || (isPublic && isHttps(parsed) && (parsed.hostname === root || parsed.hostname.endsWith(`.${root}`)));
    },
    isReachable: (address) => !isPublic || !blocked.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'),
  };
}
