/** PermitRootLogin, AllowTcpForwarding and LogLevel, from the strictest to the weakest. */
export const rootLogin = ['no', 'forced-commands-only', 'prohibit-password', 'yes'] as const;
export const tcpForwarding = ['no', 'local', 'remote', 'yes'] as const;
export const logLevel = ['VERBOSE', 'INFO'] as const;
