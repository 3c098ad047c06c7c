/** The standards that controls are mapped to: one place for version and title. */
export const standards = {
  'fsbp-1.0.0': 'AWS Foundational Security Best Practices v1.0.0',
  'cis-aws-1.4.0': 'CIS AWS Foundations Benchmark v1.4.0',
  'cis-aws-3.0.0': 'CIS AWS Foundations Benchmark v3.0.0',
  'cis-aws-5.0.0': 'CIS AWS Foundations Benchmark v5.0.0',
  'nist-800-53-r5': 'NIST SP 800-53 Rev. 5',
  'pci-dss-4.0.1': 'PCI DSS v4.0.1',
} as const;
export type StandardId = keyof typeof standards;
/** The requirements of each standard that a control answers, as the standard numbers them. */
export type Standards = { readonly [S in StandardId]?: readonly string[] };
