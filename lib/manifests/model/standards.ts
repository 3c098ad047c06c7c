/** What controls on manifests are mapped to: one place for version and title. */
export const manifestStandards = {
  'pss-baseline': 'Pod Security Standards, baseline',
  'pss-restricted': 'Pod Security Standards, restricted',
  'cis-kubernetes-1.9.0': 'CIS Kubernetes Benchmark v1.9.0',
  'cis-docker-1.6.0': 'CIS Docker Benchmark v1.6.0',
  'nsa-cisa-kubernetes-1.2': 'NSA/CISA Kubernetes Hardening Guide v1.2',
} as const;
type ManifestStandardId = keyof typeof manifestStandards;
/** The requirements of each that a control answers: their numbers, or their names where they have no numbers. */
export type ManifestStandards = { readonly [S in ManifestStandardId]?: readonly string[] };
