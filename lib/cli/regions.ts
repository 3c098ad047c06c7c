import { sdkClients } from '../aws/clients.ts';
import { sorting } from '../aws/errors.ts';
import { didYouMean } from '../support/nearest.ts';
import { UserError } from '../support/user-error.ts';

/** Refuses a region that AWS does not have or that the account has not enabled; silent where AWS may not be asked. */
export const checkRegions = async (regions: readonly string[], home: string): Promise<void> => {
  const empty = regions.find((region) => region.trim() === '');
  if (empty !== undefined) throw new UserError('--region is empty; give one such as us-east-1');
  const ec2 = await sdkClients({ region: home, maxAttempts: 2 })('ec2');
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
  const asked = await sorting({}, () => ec2.describeRegions({ AllRegions: true }));
  if (asked.kind !== 'value') return;
  const known = new Map(
    (asked.value.Regions ?? []).map(({ RegionName = '', OptInStatus }) => [
      RegionName,
      OptInStatus,
    ]),
  );
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
