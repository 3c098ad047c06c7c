import type { Baseline } from '../../engine/baseline/baseline.ts';
import { earsStackName, hostsStackName } from '../../resources/account/ears-names.ts';
import { plural } from '../../support/plural.ts';
import { motoClients } from '../local-aws-clients.ts';
import { deploy } from './deploy.ts';

export interface EarsToDeploy {
  readonly baseline: Pick<Baseline, 'homeRegion' | 'hosts' | 'regions'>;
  /** The CDK's output folder. */
  readonly output: string;
  /** Of the stack in the home region. */
  readonly stackName: string;
  readonly account: string;
  readonly motoUrl: string;
  readonly onStep: ((sentence: string) => void) | undefined;
}

/** Deploys what listens in the other regions, and what hosts are asked with there. */
export const deployEars = async ({ baseline, motoUrl, onStep, ...to }: EarsToDeploy) => {
  const regions = baseline.regions.filter((region) => region !== baseline.homeRegion);
  const hosts = baseline.hosts ? [hostsStackName] : [];
  for (const region of regions)
    for (const nameOf of [...hosts, earsStackName])
      await deploy({
        ...to,
        region,
        stackName: nameOf(to.stackName, region),
        clients: motoClients(motoUrl, region),
        onLeftOut: () => {},
      });
  if (regions.length > 0)
    onStep?.(`ears deployed in ${plural(regions.length, 'other region')}: ${regions.join(', ')}`);
};
