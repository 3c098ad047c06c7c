/** Whether a user that a container is given is root: by name or number, alone or before a group. */
export const isRootUser = (user: string): boolean =>
  /^(?:root|[+-]?0+|ContainerAdministrator)$/i.test(user.trim().split(':', 1)[0] ?? '');
