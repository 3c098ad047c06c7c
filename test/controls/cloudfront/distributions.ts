/** A distribution that is as it should be, of a bucket. */
export const distribution = {
  state: 'Deployed',
  hasRootObject: true,
  logsAccess: true,
  hasWebAcl: true,
};
export const certificate = { isDefault: false, support: 'sni-only', tls: 'TLSv1.2_2021' } as const;

export const bucket = {
  id: 'site',
  domain: 'site.s3.us-east-1.amazonaws.com',
  bucket: 'site' as string | undefined,
  hasAccessControl: true,
  protocol: undefined,
  tls: [] as readonly string[],
};
type Protocol = 'http-only' | 'https-only' | 'match-viewer';
export const server = (
  protocol: Protocol = 'https-only',
  tls: readonly string[] = ['TLSv1.2'],
) => ({
  ...bucket,
  ...{ id: 'shop', domain: 'shop.example.com', bucket: undefined, hasAccessControl: false },
  ...{ protocol, tls },
});

type Viewers = 'allow-all' | 'https-only' | 'redirect-to-https';
export const behavior = (viewers: Viewers, origin = 'site', path = 'default') => ({
  ...{ path, origin, viewers },
});
