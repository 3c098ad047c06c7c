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

interface Group {
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
  /** Deploys to accounts that came, and takes away from accounts that left, as auto-deployment does. */
  readonly deployTo: (
    accounts: readonly AccountListed[],
    members: readonly Member[],
  ) => Promise<void>;
}

const isTarget = (
  { DeploymentTargets: { OrganizationalUnitIds: units, Accounts = [], AccountFilterType } }: Group,
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

/** StackSets of an organization, which moto leaves out of a template and does not deploy to accounts that join. */
export const createStackSets = (options: StackSetsOptions): StackSets => {
  const { output, account: management, motoUrl } = options;
  const sets = setsIn(options);
  const instances = new Map<string, Instance[]>(sets.map(({ name }) => [name, []]));
  const roles = new Set<string>();

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
    async deployTo(accounts, members) {
      const memberOf = (id: string) => members.find(({ account }) => account === id);
      for (const set of sets) {
        const known = instances.get(set.name) ?? [];
        const wanted = accounts
          .filter(({ id, state }) => id !== management && state === 'ACTIVE' && memberOf(id))
          .flatMap((one) =>
            set.properties.StackInstancesGroup.flatMap((group) =>
              isTarget(group, one)
                ? group.Regions.map((region) => ({ account: one.id, region }))
                : [],
            ),
          );
        const isSame = (a: Pick<Instance, 'account' | 'region'>, b: typeof a) =>
          a.account === b.account && a.region === b.region;
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
