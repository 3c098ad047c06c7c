import { hostRows } from '../../../hosts/as-found.ts';
import { hostsRecord, withHostsIn } from '../../../reporting/audited-hosts.ts';
import { knownRecords } from '../../../reporting/installed.ts';
import { recordPieces, sourceOf } from '../../../reports/compliance/read-record.ts';
import type { Source } from '../../../reports/compliance/report.ts';
import { UserError } from '../../../support/user-error.ts';
import { written } from '../../../support/written.ts';
import { installedNamed } from '../../installed-named.ts';
import { usualStack } from '../../own-buckets.ts';
import { liveScans, type SourcesAsked } from '../report/report-sources.ts';
import { auditAnew } from './audit-anew.ts';

/**
 * Everything anew: hosts by an audit that an installation is asked for, and the account by a scan meanwhile; with what the
 * installation knew before.
 */
export const readAnew = async (
  { stack = usualStack, baseline, keep }: SourcesAsked,
  seconds: number,
): Promise<{ readonly now: Source; readonly before: Source | undefined }> => {
  const installed = await installedNamed(stack, baseline);
  const known = await knownRecords(installed, new Date());
  const audited = auditAnew(installed, seconds);
  // Its failure is told once the scan is over.
  audited.catch(() => {});
  const [scan] = await liveScans(baseline);
  if (!scan) throw new UserError('the account was not scanned');
  const { rows, silent, gaps } = await audited;
  const hosts = hostsRecord(rows, new Date(), hostRows(), installed);
  const record = hosts ? withHostsIn(scan, hosts, silent, gaps) : scan;
  if (keep !== undefined) await written(keep, recordPieces(record));
  const before = known.find(({ account }) => account === installed.account);
  return { now: sourceOf(record), before: before && sourceOf(before) };
};
