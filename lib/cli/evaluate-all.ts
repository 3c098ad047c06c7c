import { sdkClients } from '../aws/clients.ts';
import { createReader } from '../aws/reader.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { withOwnExemptions } from '../engine/baseline/own-exemptions.ts';
import { scan, type Wanted } from '../pipeline/scan/scan.ts';
import type { Evaluation, Subject } from '../pipeline/scan/scan-resource.ts';
import { plural } from '../support/plural.ts';
import { callerOf, regionsFor } from './account.ts';
import { progress } from './output/progress.ts';
import { type Counts, countOf } from './output/tally.ts';
import { ownBucketsIn, usualStack } from './own-buckets.ts';
import { checkRegions, enabledAmong } from './regions.ts';

export interface EvaluateAll {
  readonly subjects: readonly Subject[];
  readonly baseline: Baseline;
  /** Where it is empty, those that the baseline governs, or else the region of the environment. */
  readonly regions: readonly string[];
  readonly onEvaluated: (evaluations: readonly Evaluation[]) => void;
  /** Told who asks and where it is looked, before anything is read. */
  readonly onStart?: (place: Place) => void;
  /** @default - all resources */
  readonly wanted?: Wanted | undefined;
  readonly keepsSeen?: boolean | undefined;
}
/** Who evaluates, and where. */
export interface Place {
  readonly account: string;
  /** ARN of whoever asks. */
  readonly caller: string;
  readonly regions: readonly string[];
}
export interface ScanResult {
  readonly account: string;
  readonly regions: readonly string[];
  readonly resources: number;
  readonly calls: number;
  /** By region, in the order in which they were looked at; what is not regional counts for the home region. */
  readonly byRegion: Readonly<Record<string, RegionCounts>>;
}
export interface RegionCounts {
  readonly resources: number;
  readonly failed: number;
  readonly unknown: number;
}

const clientsIn = (region: string) => sdkClients({ region, maxAttempts: 5, retryMode: 'adaptive' });

/** Regional types in each region, global and account ones once, in the home region. */
export const placesOf = (
  { subjects, baseline }: Pick<EvaluateAll, 'subjects' | 'baseline'>,
  regions: readonly string[],
) => {
  const regional = subjects.filter(({ type }) => type.scope === 'regional');
  const others = subjects.filter(({ type }) => type.scope !== 'regional');
  return [
    { region: baseline.homeRegion, subjects: others },
    ...regions.map((region) => ({ region, subjects: regional })),
  ].filter((each) => each.subjects.length > 0);
};

/** Evaluates everything once, with the credentials of the environment; progress goes to a terminal's standard error. */
export const evaluateAll = async (request: EvaluateAll): Promise<ScanResult> => {
  const { onEvaluated, onStart, wanted, keepsSeen } = request;
  const { homeRegion } = request.baseline;
  const wantedRegions = await regionsFor(request.regions, request.baseline);
  const { account, arn: caller } = await callerOf(homeRegion);
  const isGoverned = request.regions.length === 0 && wantedRegions.length > 1;
  const regions = isGoverned ? await enabledAmong(wantedRegions, homeRegion) : wantedRegions;
  // The region of the environment can be misspelt as well.
  if (!isGoverned && regions.some((region) => region !== homeRegion))
    await checkRegions(regions, homeRegion);
  const off = wantedRegions.filter((region) => !regions.includes(region));
  if (off.length > 0)
    console.error(`Not enabled in this account, and not looked at: ${off.join(', ')}`);
  onStart?.({ account, caller, regions });
  const own = await ownBucketsIn({ name: usualStack, account, region: homeRegion });
  const baseline = withOwnExemptions(request.baseline, own);
  const line = progress(process.stderr);
  let [resources, calls] = [0, 0];
  const byRegion = new Map<string, RegionCounts>();
  const count = (region: string, evaluations: readonly Evaluation[]): void => {
    const before = byRegion.get(region) ?? { resources: 0, failed: 0, unknown: 0 };
    const of = (status: keyof Counts) =>
      evaluations.filter((one) => countOf(one) === status).length;
    byRegion.set(region, {
      resources: before.resources + (evaluations.length > 0 ? 1 : 0),
      failed: before.failed + of('failed'),
      unknown: before.unknown + of('unknown'),
    });
  };
  try {
    for (const { region, subjects } of placesOf(request, regions)) {
      count(region, []);
      const clients = clientsIn(region);
      const onCall = () => {
        calls += 1;
      };
      await scan({
        subjects,
        baseline,
        wanted,
        keepsSeen,
        onListing: ({ type }) =>
          line.show(
            `${region} ${type} … ${plural(resources, 'resource')}, ${plural(calls, 'call')} so far`,
          ),
        reader: () => createReader({ account, region, clients, clientsIn, onCall }),
        onEvaluated: (evaluations) => {
          resources += evaluations.length > 0 ? 1 : 0;
          count(region, evaluations);
          const at = `${region} ${evaluations[0]?.type.type ?? ''}`;
          line.show(
            `${at} ${evaluations[0]?.ref.id ?? ''}: ${plural(resources, 'resource')}, ${plural(calls, 'call')}`,
          );
          onEvaluated(evaluations);
        },
      });
    }
  } finally {
    line.clear();
  }
  return { account, regions, resources, calls, byRegion: Object.fromEntries(byRegion) };
};
