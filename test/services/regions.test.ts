import { RegionInfo } from 'aws-cdk-lib/region-info';
import { defaultRegionsOf, regionsOf } from '../../lib/services/regions.ts';

describe.each(['aws', 'aws-cn', 'aws-us-gov'])('the regions of %s', (partition) => {
  const known = RegionInfo.regions.filter((region) => region.partition === partition);

  it('that every account has are those that the CDK takes for no opt-in regions', () => {
    const byDefault = known.filter(({ isOptInRegion }) => !isOptInRegion).map(({ name }) => name);
    expect(defaultRegionsOf(partition).toSorted()).toEqual(byDefault.toSorted());
  });

  it('are all that the CDK knows, each once', () => {
    const names = regionsOf(partition);
    expect(names).toEqual(expect.arrayContaining(known.map(({ name }) => name)));
    expect(new Set(names).size).toBe(names.length);
  });
});
