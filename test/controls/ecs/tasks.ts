/** A container that is as it should be. */
export const container = {
  name: 'shop',
  isPrivileged: false,
  user: 'other' as 'image' | 'other' | 'root',
  hasReadOnlyRoot: true,
  logDriver: 'awslogs' as const,
  variables: ['STAGE'] as readonly string[],
};
export const task = (...containers: readonly Partial<typeof container>[]) => ({
  os: 'linux' as 'linux' | 'windows',
  networkMode: 'awsvpc' as 'awsvpc' | 'host',
  pidMode: undefined as 'host' | 'task' | undefined,
  containers: (containers.length === 0 ? [{}] : containers).map((one) => ({
    ...container,
    ...one,
  })),
});

export const service = {
  state: 'ACTIVE',
  assignsPublicIp: false,
  isFargate: true,
  platformVersion: 'LATEST',
  platformFamily: 'Linux',
};
