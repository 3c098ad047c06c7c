/** A listener of HTTPS that is as it should be. */
export const https = {
  port: 443,
  protocol: 'HTTPS',
  isOfAcm: true as boolean | undefined,
  policies: ['strict'] as readonly string[],
};
export const http = {
  port: 80,
  protocol: 'HTTP',
  isOfAcm: undefined as boolean | undefined,
  policies: [] as readonly string[],
};
export const attributes = {
  drains: true,
  logsAccess: true,
  crossesZones: true,
  desyncMode: 'defensive' as string | undefined,
};
