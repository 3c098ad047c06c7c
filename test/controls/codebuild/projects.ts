/** A project that is as it should be. */
export const project = {
  plainVariables: ['STAGE'] as readonly string[],
  isPrivileged: false,
  isPublic: false,
  logs: { toCloudWatch: true, toBucket: false, isEncrypted: true },
};
