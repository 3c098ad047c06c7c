import type { Baseline } from '../../engine/baseline/baseline.ts';
import { earsStackName } from '../../resources/account/ears-names.ts';
import { plural } from '../../support/plural.ts';
import { motoClients } from '../local-aws-clients.ts';
import { deploy } from './deploy.ts';

export interface EarsToDeploy {
  readonly baseline: Pick<Baseline, 'homeRegion' | 'regions'>;
  /** The CDK's output folder. */
  readonly output: string;
  /** Of the stack in the home region. */
  readonly stackName: string;
  readonly account: string;
  readonly motoUrl: string;
  readonly onStep: ((sentence: string) => void) | undefined;
}

/** Deploys what listens in the other regions, each there. */
export const deployEars = async ({ baseline, motoUrl, onStep, ...to }: EarsToDeploy) => {
  const regions = baseline.regions.filter((region) => region !== baseline.homeRegion);
  for (const region of regions)
    await deploy({
      ...to,
      region,
      stackName: earsStackName(to.stackName, region),
      clients: motoClients(motoUrl, region),
      onLeftOut: () => {},
    });
  if (regions.length > 0)
    onStep?.(`ears deployed in ${plural(regions.length, 'other region')}: ${regions.join(', ')}`);
};
