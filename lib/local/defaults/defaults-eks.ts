import { okAnswer } from '../endpoint/answer.ts';
import type { Before } from '../endpoint/call.ts';

/**
 * Versions of Kubernetes with the days on which standard and extended support end, as of February 2026.
 * https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html#kubernetes-release-calendar
 */
const versions: Readonly<Record<string, readonly [standard: string, extended: string]>> = {
  '1.30': ['2025-07-23', '2026-07-23'],
  '1.31': ['2025-11-26', '2026-11-26'],
  '1.32': ['2026-03-23', '2027-03-23'],
  '1.33': ['2026-07-29', '2027-07-29'],
  '1.34': ['2026-12-02', '2027-12-02'],
  '1.35': ['2027-03-27', '2028-03-27'],
};

const statusAt = (at: Date, [standard, extended]: readonly [string, string]): string => {
  if (at < new Date(standard)) return 'STANDARD_SUPPORT';
  return at < new Date(extended) ? 'EXTENDED_SUPPORT' : 'UNSUPPORTED';
};

/** DescribeClusterVersions, which moto does not have. */
export const clusterVersions: Before = (call) => {
  if (call.service !== 'eks' || call.operation !== 'DescribeClusterVersions') return undefined;
  const asked = call.input['clusterVersions'];
  const found = Object.entries(versions).filter(
    ([version]) => !Array.isArray(asked) || asked.length === 0 || asked.includes(version),
  );
  return okAnswer(call, {
    clusterVersions: found.map(([clusterVersion, ends]) => ({
      clusterVersion,
      versionStatus: statusAt(new Date(), ends),
      endOfStandardSupportDate: new Date(ends[0]),
      endOfExtendedSupportDate: new Date(ends[1]),
    })),
  });
};
