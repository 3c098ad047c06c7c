import { scriptOf } from '../../../lib/hosts/compile.ts';
import { auditHost } from '../../../lib/hosts/documents/audit-host.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import type { BootedHost } from '../../../lib/local/hosts/booted-host.ts';
import type { Report, Result } from '../audited.ts';

/** What the audit of a booted host says of some controls. */
export const verdictsOn = async (
  host: BootedHost,
  ids: readonly string[],
): Promise<readonly Result[]> => {
  const source = auditHost(hostControls.filter(({ id }) => ids.includes(id)));
  const environment = { SSM_Areas: 'all', SSM_Controls: ids.join(','), SSM_Parameters: 'none' };
  const { stdout, stderr } = await host.run(scriptOf(source, 'test'), { environment });
  if (stderr !== '') throw new Error(stdout + stderr);
  const report: Report = JSON.parse(stdout);
  return report.results;
};
