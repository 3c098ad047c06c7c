/** An Application Load Balancer that is as it should be. */
export const application = {
  state: 'active',
  kind: 'application',
  isInternetFacing: true,
} as const;
export const network = { ...application, kind: 'network' } as const;
export const gateway = { ...application, kind: 'gateway' } as const;

export const attributes = {
  refusesDeletion: true,
  logsAccess: true,
  dropsInvalidHeaders: true,
  desyncMode: 'defensive',
} as const;
/** What a Network Load Balancer has of them. */
export const networkAttributes = {
  refusesDeletion: true,
  logsAccess: false,
  dropsInvalidHeaders: undefined,
  desyncMode: undefined,
} as const;

const recommended = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
type Action = { readonly type: string; readonly to?: string };
const listener =
  (protocol: 'HTTP' | 'HTTPS' | 'QUIC' | 'TCP' | 'TLS' | 'UDP', port: number) =>
  (tlsPolicy?: string) => ({ port, protocol, tlsPolicy, actions: [] as readonly Action[] });

export const https = (policy = recommended) => listener('HTTPS', 443)(policy);
export const tls = (policy = recommended) => listener('TLS', 443)(policy);
export const tcp = listener('TCP', 443)();
export const udp = listener('UDP', 53)();
export const quic = listener('QUIC', 443)();
export const http = (...actions: readonly Action[]) => ({ ...listener('HTTP', 80)(), actions });

export const redirect = { type: 'redirect', to: 'HTTPS' };
export const forward = { type: 'forward' };
export const page = { type: 'fixed-response' };
