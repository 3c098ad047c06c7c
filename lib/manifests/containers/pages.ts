/** Pages that explain. */
export const podSecurity = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';
export const cisDocker = 'https://docs.docker.com/engine/security/';
