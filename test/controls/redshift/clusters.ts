/** A cluster that is as it should be. */
export const cluster = {
  state: 'available',
  isPublic: false,
  isEncrypted: true,
  snapshotDays: 7,
  upgradesItself: true,
  routesInVpc: true,
};
