/** Where a host control comes from. CIS ids are those that ComplianceAsCode maps; the official documents were not read. */
export const references = {
  'cis-ubuntu-24.04-1.0.0': 'CIS Ubuntu Linux 24.04 LTS Benchmark v1.0.0',
  'cis-debian-12-1.1.0': 'CIS Debian Linux 12 Benchmark v1.1.0',
  'cis-amazon-linux-2023-1.0.0': 'CIS Amazon Linux 2023 Benchmark v1.0.0',
  'cis-docker-1.6.0': 'CIS Docker Benchmark v1.6.0',
  lynis: 'Lynis',
  'dev-sec': 'DevSec Hardening Framework',
} as const;
export type ReferenceId = keyof typeof references;
/** The items of each source that a control answers, as the source numbers them. */
export type References = { readonly [R in ReferenceId]?: readonly string[] };

/** Ubuntu 24.04 and Debian 12 number most items alike. */
export const cis = (
  ubuntuAndDebian: readonly string[],
  amazonLinux: readonly string[] = [],
): References => ({
  ...(ubuntuAndDebian.length > 0 && {
    'cis-ubuntu-24.04-1.0.0': ubuntuAndDebian,
    'cis-debian-12-1.1.0': ubuntuAndDebian,
  }),
  ...(amazonLinux.length > 0 && { 'cis-amazon-linux-2023-1.0.0': amazonLinux }),
});
