/** A cluster that only its VPC reaches. */
export const cluster = {
  state: 'ACTIVE' as const,
  hasPublicEndpoint: false,
  publicSources: ['0.0.0.0/0'] as string[],
  logs: ['audit'] as string[],
  encryptsSecrets: true,
  takesEntries: true,
};
export const published = (...publicSources: string[]) => ({
  cluster: { ...cluster, hasPublicEndpoint: true, publicSources },
});
