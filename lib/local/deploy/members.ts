import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allControls } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { memberTemplate } from '../../infrastructure/member-stack.ts';
import { memberStackName } from '../../resources/account/ears-names.ts';
import { resourceTypes } from '../../resources/index.ts';
import { plural } from '../../support/plural.ts';
import { motoClients } from '../local-aws-clients.ts';
import type { Member } from '../local-aws-members.ts';
import { type Deployment, deploy } from './deploy.ts';

export interface MembersToDeploy {
  readonly members: readonly Member[];
  readonly baseline: Baseline;
  /** The CDK's output folder. */
  readonly output: string;
  readonly hub: Pick<Deployment, 'stack' | 'stackName'>;
  readonly motoUrl: string;
  readonly onStep: ((sentence: string) => void) | undefined;
}

/** Deploys in each member, in each governed region, what `member-template` prints; answers the ARNs of its roles. */
export const deployMembers = async (to: MembersToDeploy): Promise<readonly string[]> => {
  const { members, baseline, output, hub, motoUrl, onStep } = to;
  if (members.length === 0) return [];
  const { account, stackId: externalId = '' } = hub.stack;
  const stackName = memberStackName(hub.stackName);
  const template = memberTemplate({
    hub: { account, externalId, stackName: hub.stackName },
    baseline,
    catalogue: { types: resourceTypes, controls: await allControls() },
  });
  writeFileSync(join(output, `${stackName}.template.json`), template);
  writeFileSync(join(output, `${stackName}.assets.json`), '{}');
  const roles: string[] = [];
  for (const member of members)
    for (const region of baseline.regions) {
      const deployment = await deploy({
        output,
        stackName,
        account: member.account,
        region,
        clients: motoClients(motoUrl, region, member.accessKeyId),
        onLeftOut: () => {},
      });
      roles.push(...deployment.roles);
    }
  const ids = members.map((member) => member.account).join(', ');
  onStep?.(`roles and ears deployed in ${plural(members.length, 'other account')}: ${ids}`);
  return roles;
};
