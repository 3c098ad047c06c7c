/** PermitRootLogin and AllowTcpForwarding, from the strictest to the weakest. */
export const rootLogin = ['no', 'forced-commands-only', 'prohibit-password', 'yes'] as const;
export const tcpForwarding = ['no', 'local', 'remote', 'yes'] as const;
