import { type Clients, sdkClients } from '../aws/clients.ts';
import { createReader } from '../aws/reader.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { withOwnExemptions } from '../engine/baseline/own-exemptions.ts';
import { scan, type Wanted } from '../pipeline/scan/scan.ts';
import type { Evaluation, Subject } from '../pipeline/scan/scan-resource.ts';
import { noCounts, sumOf } from '../reports/compliance/counts.ts';
import { refusalOfAll } from '../resources/account/probes.ts';
import { plural } from '../support/plural.ts';
import { callerOf, regionsFor } from './account.ts';
import type { AccountRead } from './accounts/accounts-to-read.ts';
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
  readonly onStart?: (place: ScanPlace) => void;
  /** @default - all resources */
  readonly wanted?: Wanted | undefined;
  readonly keepsSeen?: boolean | undefined;
  /** With what counts there as subjects and baseline. @default - the account of the credentials of the environment */
  readonly as?: AccountRead | undefined;
}
/** Who evaluates, and where. */
export interface ScanPlace {
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
  /** Regions that were to be looked at, and why they were not: nothing there may be taken for clean. */
  readonly notLookedAt: readonly NotLookedAt[];
}
export interface NotLookedAt {
  readonly region: string;
  readonly why: string;
  /** The account has not enabled it: nothing can be there. */
  readonly isOff?: true;
}
export interface RegionCounts {
  readonly resources: number;
  readonly failed: number;
  readonly unknown: number;
  /** By control, of those that counted something there; where there is one region alone, it is not said again. */
  readonly controls?: Readonly<Record<string, Counts>>;
}

const clientsBy =
  (as: AccountRead | undefined) =>
  (region: string): Clients =>
    sdkClients({
      region,
      maxAttempts: 5,
      retryMode: 'adaptive',
      // Nobody waits for one of its calls.
      answerSeconds: 20,
      ...(as?.credentials === undefined ? {} : { credentials: as.credentials }),
    });

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

/** The regions that are looked at, and those of the governed ones that this account has not enabled. */
const regionsOf = async ({ regions: asked, baseline, as }: EvaluateAll) => {
  const { homeRegion } = baseline;
  const clients = clientsBy(as)(homeRegion);
  const wanted = await regionsFor(asked, baseline);
  const isGoverned = asked.length === 0 && wanted.length > 1;
  const regions = isGoverned ? await enabledAmong(wanted, clients) : wanted;
  // The region of the environment can be misspelt as well.
  if (!isGoverned && regions.some((region) => region !== homeRegion))
    await checkRegions(regions, clients);
  const off = wanted.filter((region) => !regions.includes(region));
  return {
    regions,
    off: off.map((region) => ({
      region,
      why: 'it is not enabled in this account',
      isOff: true as const,
    })),
  };
};

type Numbers = { -readonly [K in keyof Counts]: number };
/** Counts by region, in the order in which they are looked at. */
const createCounting = () => {
  const byRegion = new Map<string, { resources: number; controls: Map<string, Numbers> }>();
  const add = (region: string, evaluations: readonly Evaluation[]): void => {
    const own = byRegion.get(region) ?? { resources: 0, controls: new Map() };
    byRegion.set(region, own);
    own.resources += evaluations.length > 0 ? 1 : 0;
    for (const one of evaluations) {
      const counts = own.controls.get(one.control.id) ?? { ...noCounts };
      own.controls.set(one.control.id, counts);
      counts[countOf(one)] += 1;
    }
  };
  const all = (): ScanResult['byRegion'] =>
    Object.fromEntries(
      [...byRegion].map(([region, { resources, controls }]) => {
        const { failed, unknown } = sumOf(controls.values());
        const said = byRegion.size > 1 ? { controls: Object.fromEntries(controls) } : {};
        return [region, { resources, failed, unknown, ...said }];
      }),
    );
  return { add, all };
};

const callerHere = async (region: string) => {
  const { account, arn: caller } = await callerOf(region);
  return { account, caller };
};

/** With the stack's own buckets exempted, in the account where it can stand. */
export const exemptingOwn = async (
  { baseline, as }: Pick<EvaluateAll, 'baseline' | 'as'>,
  account: string,
): Promise<Baseline> => {
  if (as && as.hub !== account) return baseline;
  const { homeRegion: region } = baseline;
  return withOwnExemptions(baseline, await ownBucketsIn({ name: usualStack, account, region }));
};

/** Evaluates everything of an account once; progress goes to a terminal's standard error. */
export const evaluateAll = async (request: EvaluateAll): Promise<ScanResult> => {
  const { onEvaluated, onStart, wanted, keepsSeen, as } = request;
  const { homeRegion } = request.baseline;
  const { regions, off } = await regionsOf(request);
  const notLookedAt: NotLookedAt[] = [...off];
  const { account, caller } = as ?? (await callerHere(homeRegion));
  onStart?.({ account, caller, regions });
  const baseline = await exemptingOwn(request, account);
  const clientsIn = clientsBy(as);
  const line = progress(process.stderr);
  let [resources, calls] = [0, 0];
  const counting = createCounting();
  try {
    for (const { region, subjects } of placesOf(request, regions)) {
      const clients = clientsIn(region);
      const onCall = () => {
        calls += 1;
      };
      const reader = () => createReader({ account, region, clients, clientsIn, onCall });
      const why =
        region === homeRegion ? undefined : await refusalOfAll(reader()).catch(() => undefined);
      if (why !== undefined) {
        notLookedAt.push({ region, why: `it refuses whatever is asked there: ${why}` });
        continue;
      }
      counting.add(region, []);
      await scan({
        subjects,
        baseline,
        wanted,
        keepsSeen,
        onListing: ({ type }) =>
          line.show(
            `${region} ${type} … ${plural(resources, 'resource')}, ${plural(calls, 'call')} so far`,
          ),
        reader,
        onEvaluated: (evaluations) => {
          resources += evaluations.length > 0 ? 1 : 0;
          counting.add(region, evaluations);
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
  const looked = regions.filter((region) => notLookedAt.every((one) => one.region !== region));
  return { account, regions: looked, resources, calls, byRegion: counting.all(), notLookedAt };
};

/** What nobody may take for clean, in sentences. */
export const notLookedAtText = ({ region, why }: NotLookedAt): string =>
  `${region} was not looked at: ${why}`;
