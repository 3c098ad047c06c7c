/** A running instance that only its VPC reaches, and that requires IMDSv2. */
export const running = {
  state: 'running',
  transition: '',
  virtualization: 'hvm',
  publicAddresses: [],
  hasProfile: true,
  metadata: { state: 'applied', httpTokens: 'required', httpEndpoint: 'enabled' },
} as const;
