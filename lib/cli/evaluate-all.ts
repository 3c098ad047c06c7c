import { sdkClients } from '../aws/clients.ts';
import { createReader } from '../aws/reader.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { withOwnExemptions } from '../engine/baseline/own-exemptions.ts';
import { scan, type Wanted } from '../pipeline/scan/scan.ts';
import type { Evaluation, Subject } from '../pipeline/scan/scan-resource.ts';
import { plural } from '../support/plural.ts';
import { callerOf, regionInForce } from './account.ts';
import { progress } from './output/progress.ts';
import { ownBucketsIn, usualStack } from './own-buckets.ts';
import { checkRegions } from './regions.ts';

export interface EvaluateAll {
  readonly subjects: readonly Subject[];
  readonly baseline: Baseline;
  /** The region of the environment where it is empty. */
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
}

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
  const regions =
    request.regions.length > 0 ? [...new Set(request.regions)] : [await regionInForce(homeRegion)];
  const { account, arn: caller } = await callerOf(homeRegion);
  // The region of the environment can be misspelt as well.
  if (regions.some((region) => region !== homeRegion)) await checkRegions(regions, homeRegion);
  onStart?.({ account, caller, regions });
  const own = await ownBucketsIn({ name: usualStack, account, region: homeRegion });
  const baseline = withOwnExemptions(request.baseline, own);
  const line = progress(process.stderr);
  let [resources, calls] = [0, 0];
  try {
    for (const { region, subjects } of placesOf(request, regions)) {
      const clients = sdkClients({ region, maxAttempts: 5, retryMode: 'adaptive' });
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
        reader: () => createReader({ account, region, clients, onCall }),
        onEvaluated: (evaluations) => {
          resources += evaluations.length > 0 ? 1 : 0;
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
  return { account, regions, resources, calls };
};
