import type { Clients } from '../aws/clients.ts';
import { sorting } from '../aws/errors.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { didYouMean } from '../support/nearest.ts';
import { UserError } from '../support/user-error.ts';
import { partsOf } from './arguments.ts';

/** The option by which a command looks at some regions alone. */
export const regionOption = { region: { type: 'string', multiple: true } } as const;

/** The regions that `--region a,b --region c` names, each once. */
export const regionsNamed = (said: readonly string[] = []): readonly string[] => {
  const regions = partsOf(said);
  if (regions.includes('')) throw new UserError('--region is empty; give one such as us-east-1');
  return [...new Set(regions)];
};

/** Tells what is of the regions that are named; of all where none is. Refuses a region that Plumbline does not govern. */
export const ofRegions = (
  said: readonly string[] | undefined,
  { regions: governed }: Pick<Baseline, 'regions'>,
): ((region: string) => boolean) => {
  const named = regionsNamed(said);
  const other = named.find((region) => !governed.includes(region));
  if (other !== undefined)
    throw new UserError(
      `Plumbline does not govern ${other}; ${didYouMean(other, governed, `the baseline says which regions it does: ${governed.join(', ')}`)}`,
    );
  return (region) => named.length === 0 || named.includes(region);
};

/** Whether the account has enabled each of AWS's regions; nothing where AWS may not be asked. */
const optInsOf = async (
  clients: Clients,
): Promise<ReadonlyMap<string, string | undefined> | undefined> => {
  const ec2 = await clients('ec2');
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
  const asked = await sorting({}, () => ec2.describeRegions({ AllRegions: true }));
  if (asked.kind !== 'value') return undefined;
  return new Map(
    (asked.value.Regions ?? []).map(({ RegionName = '', OptInStatus }) => [
      RegionName,
      OptInStatus,
    ]),
  );
};

/** Those of the governed regions that the account has enabled: in the others nothing can be. */
export const enabledAmong = async (
  regions: readonly string[],
  clients: Clients,
): Promise<readonly string[]> => {
  const known = await optInsOf(clients);
  return regions.filter((region) => known?.get(region) !== 'not-opted-in');
};

/** Refuses a region that AWS does not have or that the account has not enabled; silent where AWS may not be asked. */
export const checkRegions = async (regions: readonly string[], clients: Clients): Promise<void> => {
  const known = await optInsOf(clients);
  if (!known) return;
  for (const region of regions) {
    if (!known.has(region)) {
      const names = [...known.keys()];
      throw new UserError(
        `there is no region ${region}; ${didYouMean(region, names, `allowed: ${names.join(', ')}`)}`,
      );
    }
    if (known.get(region) === 'not-opted-in')
      throw new UserError(`the region ${region} is not enabled in this account`);
  }
};
