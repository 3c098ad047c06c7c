import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allControls } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import {
  memberChangesStackName,
  memberHostsStackName,
  memberStackName,
} from '../../resources/account/ears-names.ts';
import { resourceTypes } from '../../resources/every.ts';
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
  const { memberChangesTemplate } = await import('../../infrastructure/member-changes-stack.ts');
  const { memberHostsTemplate } = await import('../../infrastructure/member-hosts-stack.ts');
  const { memberTemplate } = await import('../../infrastructure/member-stack.ts');
  const { account, stackId: externalId = '' } = hub.stack;
  const stackName = memberStackName(hub.stackName);
  const changesName = memberChangesStackName(hub.stackName);
  const hostsName = memberHostsStackName(hub.stackName);
  const props = {
    hub: { account, externalId, stackName: hub.stackName },
    baseline,
    catalogue: { types: resourceTypes, controls: await allControls() },
  };
  const write = (name: string, template: string): void => {
    writeFileSync(join(output, `${name}.template.json`), template);
    writeFileSync(join(output, `${name}.assets.json`), '{}');
  };
  const { homeRegion, remediatedAccounts = [] } = baseline;
  write(stackName, memberTemplate(props));
  if (baseline.hosts) write(hostsName, memberHostsTemplate(props));
  if (remediatedAccounts.length > 0) write(changesName, memberChangesTemplate(props));
  const roles: string[] = [];
  const deployIn = async (member: Member, name: string, region: string): Promise<void> => {
    const deployment = await deploy({
      output,
      stackName: name,
      account: member.account,
      region,
      clients: motoClients(motoUrl, region, member.accessKeyId),
      onLeftOut: () => {},
    });
    roles.push(...deployment.roles);
  };
  for (const member of members) {
    for (const region of baseline.regions) {
      await deployIn(member, stackName, region);
      if (baseline.hosts) await deployIn(member, hostsName, region);
    }
    if (remediatedAccounts.includes(member.account))
      await deployIn(member, changesName, homeRegion);
  }
  const ids = members.map((member) => member.account).join(', ');
  onStep?.(`roles and ears deployed in ${plural(members.length, 'other account')}: ${ids}`);
  return roles;
};
