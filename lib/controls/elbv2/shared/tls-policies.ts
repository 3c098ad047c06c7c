/**
 * What Security Hub takes for ELB.17, as its page has it since the policies of September 2025.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17
 */
export const recommendedPolicies: readonly string[] = [
  'ELBSecurityPolicy-TLS13-1-3-2021-06',
  'ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04',
  'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
  'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04',
  'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09',
];

/**
 * The oldest version of TLS that each predefined policy takes, by what follows `ELBSecurityPolicy-`. None is ever changed;
 * these are those of September 2025.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const oldest: Readonly<Record<string, readonly string[]>> = {
  '1.3': [
    ...['TLS13-1-3-2021-06', 'TLS13-1-3-PQ-2025-09', 'TLS13-1-3-FIPS-2023-04'],
    ...['TLS13-1-3-FIPS-PQ-2025-09', 'TLS13-1-3-RFC9151-FIPS-2023-07'],
  ],
  '1.2': [
    ...['TLS13-1-2-2021-06', 'TLS13-1-2-Res-2021-06', 'TLS13-1-2-Ext1-2021-06'],
    ...['TLS13-1-2-Ext2-2021-06', 'TLS13-1-2-PQ-2025-09', 'TLS13-1-2-Res-PQ-2025-09'],
    ...['TLS13-1-2-Ext1-PQ-2025-09', 'TLS13-1-2-Ext2-PQ-2025-09', 'TLS13-1-2-FIPS-2023-04'],
    ...['TLS13-1-2-Res-FIPS-2023-04', 'TLS13-1-2-Ext0-FIPS-2023-04'],
    ...['TLS13-1-2-Ext1-FIPS-2023-04', 'TLS13-1-2-Ext2-FIPS-2023-04'],
    ...['TLS13-1-2-FIPS-PQ-2025-09', 'TLS13-1-2-Res-FIPS-PQ-2025-09'],
    ...['TLS13-1-2-Ext0-FIPS-PQ-2025-09', 'TLS13-1-2-Ext1-FIPS-PQ-2025-09'],
    ...['TLS13-1-2-Ext2-FIPS-PQ-2025-09', 'TLS13-1-2-RFC9151-FIPS-2023-07'],
    ...['TLS13-1-2-Ext0-RFC9151-FIPS-2023-07', 'TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07'],
    ...['TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07', 'TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07'],
    ...['TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', 'TLS-1-2-2017-01', 'TLS-1-2-Ext-2018-06'],
    ...['FS-1-2-2019-08', 'FS-1-2-Res-2019-08', 'FS-1-2-Res-2020-10'],
  ],
  '1.1': [...['TLS13-1-1-2021-06', 'TLS13-1-1-FIPS-2023-04', 'TLS-1-1-2017-01', 'FS-1-1-2019-08']],
  '1.0': [
    ...['TLS13-1-0-2021-06', 'TLS13-1-0-FIPS-2023-04', 'TLS13-1-0-PQ-2025-09'],
    ...['TLS13-1-0-FIPS-PQ-2025-09', 'TLS-1-0-2015-04', 'FS-2018-06', '2016-08', '2015-05'],
  ],
};

/** The oldest version of TLS that a policy takes; `undefined` where it is none of the table. */
export const oldestVersionOf = (policy: string): string | undefined =>
  Object.entries(oldest).find(([, policies]) =>
    policies.some((one) => policy === `ELBSecurityPolicy-${one}`),
  )?.[0];
