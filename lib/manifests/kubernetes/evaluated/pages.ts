/** Pages of Kubernetes that explain. */
export const docs = 'https://kubernetes.io/docs/';
export const podSecurity = `${docs}concepts/security/pod-security-standards/`;
export const resources = `${docs}concepts/configuration/manage-resources-containers/`;
export const serviceAccounts = `${docs}concepts/security/service-accounts/`;
export const networkPolicies = `${docs}concepts/services-networking/network-policies/`;
export const rbac = `${docs}concepts/security/rbac-good-practices/`;
export const ingress = `${docs}concepts/services-networking/ingress/`;
export const services = `${docs}concepts/services-networking/service/`;
export const secrets = `${docs}concepts/security/secrets-good-practices/`;
export const admission = `${docs}concepts/security/pod-security-admission/`;
export const securityContext = `${docs}tasks/configure-pod-container/security-context/`;
