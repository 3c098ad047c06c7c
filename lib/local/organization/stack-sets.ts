import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../aws/errors.ts';
import type { AccountListed } from '../../engine/baseline/organization.ts';
import { deploy } from '../deploy/deploy.ts';
import type { Template } from '../deploy/stack-template.ts';
import { resolved } from '../deploy/stack-values.ts';
import { motoClients } from '../local-aws-clients.ts';
import type { Member } from '../local-aws-members.ts';

export interface Group {
  readonly DeploymentTargets: {
    readonly OrganizationalUnitIds: readonly string[];
    readonly Accounts?: readonly string[];
    readonly AccountFilterType?: 'DIFFERENCE' | 'INTERSECTION';
  };
  readonly Regions: readonly string[];
}
interface Properties {
  readonly StackSetName: string;
  readonly TemplateURL: string;
  readonly Parameters: readonly {
    readonly ParameterKey: string;
    readonly ParameterValue: string;
  }[];
  readonly StackInstancesGroup: readonly Group[];
}
/** What a StackSet has made in an account and region, or why it has not. */
export interface Instance {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly reason?: string;
}
export interface StackSet {
  readonly name: string;
  readonly id: string;
  readonly instances: readonly Instance[];
}
export interface StackSetsOptions {
  /** The CDK's output folder. */
  readonly output: string;
  /** The stack that says them. */
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Where they are administered. */
  readonly account: string;
  readonly region: string;
  readonly motoUrl: string;
}
export interface StackSets {
  readonly all: () => readonly StackSet[];
  /** ARNs of the roles that stand in accounts. */
  readonly roles: ReadonlySet<string>;
  /** Takes away what a set made in some regions of some accounts, for good; answers how many stacks that were. */
  readonly takeAway: (
    set: string,
    isMeant: (instance: Instance) => boolean,
    members: readonly Member[],
  ) => Promise<number>;
  /** Deploys to accounts that came, and takes away from accounts that left, as auto-deployment does. */
  readonly deployTo: (
    accounts: readonly AccountListed[],
    members: readonly Member[],
  ) => Promise<void>;
}

/** Whether an account is one of those that a StackSet deploys to. */
export const isTarget = (
  {
    DeploymentTargets: { OrganizationalUnitIds: units, Accounts = [], AccountFilterType },
  }: Pick<Group, 'DeploymentTargets'>,
  { id, path }: AccountListed,
): boolean => {
  if (!path.some((unit) => units.includes(unit))) return false;
  if (AccountFilterType === 'INTERSECTION') return Accounts.includes(id);
  return AccountFilterType !== 'DIFFERENCE' || !Accounts.includes(id);
};

/** The sets of a stack as it was synthesised, their templates beside it for `deploy`. */
const setsIn = ({ output, stackName, parameters, account, region }: StackSetsOptions) => {
  const read = (name: string) => JSON.parse(readFileSync(join(output, name), 'utf8'));
  const template: Template = read(`${stackName}.template.json`);
  const { files }: { files: Record<string, { source: { path: string } }> } = read(
    `${stackName}.assets.json`,
  );
  const sets = Object.entries(template.Resources).filter(
    ([, { Type }]) => Type === 'AWS::CloudFormation::StackSet',
  );
  const uuids = new Map(sets.map(([id]) => [id, randomUUID()]));
  const nameOf = (id: string) => String(template.Resources[id]?.Properties?.['StackSetName']);
  const physicalIds = new Map(sets.map(([id]) => [id, `${nameOf(id)}:${uuids.get(id)}`]));
  const stack = { template, physicalIds, parameters, stackName, account, region };
  return sets.map(([id, { Properties }]) => {
    const properties = resolved(Properties, stack) as Properties;
    const name = properties.StackSetName;
    const deployed = `StackSet-${name}-${uuids.get(id)}`;
    const [hash = ''] = /[0-9a-f]{64}/.exec(properties.TemplateURL) ?? [];
    const body = readFileSync(join(output, files[hash]?.source.path ?? ''), 'utf8');
    writeFileSync(join(output, `${deployed}.template.json`), body);
    writeFileSync(join(output, `${deployed}.assets.json`), '{}');
    return { name, id: physicalIds.get(id) ?? '', deployed, properties };
  });
};

const memberIn = (members: readonly Member[], id: string): Member | undefined =>
  members.find(({ account }) => account === id);

/** Where a set is to have a stack. */
const wantedBy = (
  { StackInstancesGroup: groups }: Pick<Properties, 'StackInstancesGroup'>,
  accounts: readonly AccountListed[],
  management: string,
): readonly Pick<Instance, 'account' | 'region'>[] =>
  accounts
    // StackSets never deploy to the management account.
    .filter(({ id, state }) => id !== management && state === 'ACTIVE')
    .flatMap((one) =>
      groups.flatMap((group) =>
        isTarget(group, one) ? group.Regions.map((region) => ({ account: one.id, region })) : [],
      ),
    );
const isSame = (
  a: Pick<Instance, 'account' | 'region'>,
  b: Pick<Instance, 'account' | 'region'>,
): boolean => a.account === b.account && a.region === b.region;

/** StackSets of an organization, which moto leaves out of a template and does not deploy to accounts that join. */
export const createStackSets = (options: StackSetsOptions): StackSets => {
  const { output, account: management, motoUrl } = options;
  const sets = setsIn(options);
  const instances = new Map<string, Instance[]>(sets.map(({ name }) => [name, []]));
  const roles = new Set<string>();
  /** Auto-deployment brings nothing back that was taken out of a set's targets. */
  const takenAway = new Set<string>();
  const keyOf = (set: string, { account, region }: Pick<Instance, 'account' | 'region'>) =>
    `${set} ${account} ${region}`;

  const make = async (
    { deployed, properties }: (typeof sets)[number],
    { account, accessKeyId }: Member,
    region: string,
  ): Promise<Instance> => {
    const made = { account, region, stackName: deployed };
    try {
      const deployment = await deploy({
        output,
        stackName: deployed,
        account,
        region,
        parameters: Object.fromEntries(
          properties.Parameters.map((one) => [one.ParameterKey, one.ParameterValue]),
        ),
        clients: motoClients(motoUrl, region, accessKeyId),
        onLeftOut: () => {},
      });
      for (const role of deployment.roles) roles.add(role);
      return made;
    } catch (failure) {
      return { ...made, reason: messageOf(failure) };
    }
  };
  const remove = ({ stackName: StackName, region }: Instance, member: Member | undefined) =>
    member &&
    motoClients(motoUrl, region, member.accessKeyId).cloudformation.deleteStack({ StackName });

  return {
    all: () => sets.map(({ name, id }) => ({ name, id, instances: instances.get(name) ?? [] })),
    roles,
    async takeAway(set, isMeant, members) {
      const known = instances.get(set) ?? [];
      const meant = known.filter(isMeant);
      for (const one of meant) {
        await remove(one, memberIn(members, one.account));
        takenAway.add(keyOf(set, one));
        known.splice(known.indexOf(one), 1);
      }
      return meant.length;
    },
    async deployTo(accounts, members) {
      const memberOf = (id: string) => memberIn(members, id);
      for (const set of sets) {
        const known = instances.get(set.name) ?? [];
        const wanted = wantedBy(set.properties, accounts, management).filter(
          (want) => memberOf(want.account) && !takenAway.has(keyOf(set.name, want)),
        );
        // What is suspended keeps what it has.
        const isLeft = ({ account }: Instance) =>
          !accounts.some(({ id, state }) => id === account && state !== 'ACTIVE');
        for (const one of known.filter((it) => !wanted.some((want) => isSame(it, want)))) {
          if (!isLeft(one)) continue;
          await remove(one, memberOf(one.account));
          known.splice(known.indexOf(one), 1);
        }
        for (const want of wanted) {
          const member = memberOf(want.account);
          if (member && !known.some((it) => isSame(it, want)))
            known.push(await make(set, member, want.region));
        }
      }
    },
  };
};
