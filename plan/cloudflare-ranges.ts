/**
 * Where Cloudflare's edge connects from (https://www.cloudflare.com/ips, which was last changed on 28 September 2023), those
 * that ask most first. They are written down, and not asked for, because a plan is known before anything is made. Cloudflare
 * announces a new one a month ahead; until it stands here, clients who come from it have one limit together.
 */
export const cloudflareRanges = [
  '162.158.0.0/15',
  '172.64.0.0/13',
  '141.101.64.0/18',
  '108.162.192.0/18',
  '104.16.0.0/13',
  '104.24.0.0/14',
  '188.114.96.0/20',
  '198.41.128.0/17',
  '173.245.48.0/20',
  '190.93.240.0/20',
  '197.234.240.0/22',
  '103.21.244.0/22',
  '103.22.200.0/22',
  '103.31.4.0/22',
  '131.0.72.0/22',
  '2400:cb00::/32',
  '2606:4700::/32',
  '2803:f800::/32',
  '2405:b500::/32',
  '2405:8100::/32',
  '2a06:98c0::/29',
  '2c0f:f248::/32',
];
