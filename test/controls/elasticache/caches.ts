/** A cache that is as it should be. */
export const cluster = {
  state: 'available',
  engine: 'redis',
  group: undefined,
  upgradesItself: true,
  subnetGroup: 'private',
};
/** A replication group that is. */
export const group = {
  state: 'available',
  failsOver: true,
  isEncrypted: true,
  usesTls: true,
  tlsMode: 'required',
  hasToken: true,
  hasUsers: false,
} as const;
