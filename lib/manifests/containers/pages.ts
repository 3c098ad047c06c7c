/** Pages that explain. */
export const podSecurity = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';
export const cisDocker = 'https://docs.docker.com/engine/security/';
export const resources =
  'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/';
export const images = 'https://kubernetes.io/docs/concepts/containers/images/';
export const secrets = 'https://kubernetes.io/docs/concepts/configuration/secret/';
export const probes =
  'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/';
