import { Stack } from 'aws-cdk-lib';
import { type IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { onceEach } from '../../support/once.ts';
import { denyOutsideWith } from '../permissions/deny-outside.ts';
import { acknowledgeWildcards, printedArn } from '../permissions/nag.ts';
import type { Grant } from '../permissions/permissions.ts';
import { quotas } from '../quotas.ts';

/** Services that share a policy, by IAM's prefix. Those that are not named here share the last one. */
const groups: Readonly<Record<string, readonly string[]>> = {
  Compute: ['autoscaling', 'ec2', 'ecr', 'ecs', 'eks', 'elasticloadbalancing', 'lambda', 'ssm'],
  Data: ['backup', 'dynamodb', 'elasticache', 'elasticfilesystem', 'rds', 'redshift', 's3'],
  Identity: ['access-analyzer', 'acm', 'iam', 'kms', 'secretsmanager', 'sts'],
  Other: [],
};

const isIn = (group: string, action: string): boolean => {
  const service = action.split(':')[0] ?? '';
  return group === 'Other'
    ? !Object.values(groups).flat().includes(service)
    : (groups[group] ?? []).includes(service);
};

type Packed = readonly [name: string, group: string, part: readonly Grant[]];

/** What grants allow in the services of a group. */
const within = (group: string, grants: readonly Grant[]): readonly Grant[] =>
  grants.flatMap((grant) => {
    const actions = grant.actions.filter((action) => isIn(group, action));
    return actions.length === 0 ? [] : [{ ...grant, actions }];
  });

/** Parts of a list of grants, each no longer than `most` by `lengthOf`. A grant that is too long alone is halved. */
const fitting = (
  grants: readonly Grant[],
  lengthOf: (some: readonly Grant[]) => number,
  most: number,
): readonly (readonly Grant[])[] => {
  const parts: (readonly Grant[])[] = [];
  const halves = (grant: Grant): readonly Grant[] => {
    const { actions } = grant;
    if (actions.length < 2 || lengthOf([grant]) <= most) return [grant];
    const middle = Math.ceil(actions.length / 2);
    return [actions.slice(0, middle), actions.slice(middle)].flatMap((half) =>
      halves({ ...grant, actions: half }),
    );
  };
  const longestFirst = grants
    .flatMap(halves)
    .map((grant) => ({ grant, length: lengthOf([grant]) }))
    .toSorted((one, other) => other.length - one.length);
  for (const { grant } of longestFirst) {
    // The first one that has room: a role takes ten policies at most.
    const room = parts.findIndex((part) => lengthOf([...part, grant]) <= most);
    if (room < 0) parts.push([grant]);
    else parts[room] = [...(parts[room] ?? []), grant];
  }
  return parts;
};

const statementOf = ({ actions, resources, conditions = {} }: Grant) =>
  new PolicyStatement({ actions: [...actions], resources: [...resources], conditions });

export interface ServicePoliciesProps {
  /** What kind of role has them, for people. */
  readonly description: string;
  readonly grants: readonly Grant[];
  /** Where alone its roles may do anything, if several are governed. @default - where they are called */
  readonly regions?: readonly string[] | undefined;
  /** Why resources are named by a wildcard. */
  readonly reason: string;
}

/**
 * What the catalogue takes of AWS, as customer managed policies: one for a group of services, and a further one where
 * that would be longer than IAM takes. It grows with the catalogue, which no inline policy could.
 */
export class ServicePolicies extends Construct {
  private readonly policies: readonly ManagedPolicy[];
  private readonly outside: PolicyStatement | undefined;

  constructor(
    scope: Construct,
    id: string,
    { description, grants, reason, regions = [] }: ServicePoliciesProps,
  ) {
    super(scope, id);
    this.outside = regions.length > 1 ? denyOutsideWith(grants, regions) : undefined;
    this.policies = this.packed(this.merged(grants)).map(
      ([name, group, part]) =>
        new ManagedPolicy(this, name, {
          description: `${description}: ${group.toLowerCase()}`,
          statements: part.map(statementOf),
        }),
    );
    acknowledgeWildcards(this, grants, reason);
  }

  /**
   * Gives a role these rights. The policies name the role, never the role its policies: the policy of a table names the
   * role, the role would name a policy, and that the table.
   */
  attachTo(role: IRole): void {
    for (const policy of this.policies) policy.attachToRole(role);
    if (this.outside) role.addToPrincipalPolicy(this.outside);
  }

  /** The policies by name and group. Where groups would take more than a role may have, all services fill them together. */
  private packed(grants: readonly Grant[]): readonly Packed[] {
    const most = quotas.iam.managedPolicyCharacters;
    const packed = (group: string, some: readonly Grant[]): readonly Packed[] =>
      fitting(some, (part) => this.lengthOf(part), most).map((part, index) => [
        index === 0 ? group : `${group}${index + 1}`,
        group,
        part,
      ]);
    const grouped = Object.keys(groups).flatMap((group) => packed(group, within(group, grants)));
    return grouped.length <= quotas.iam.managedPoliciesOfARole ? grouped : packed('All', grants);
  }

  /** The same rights, with each list of resources once: what is read and what is listed are often the same. */
  private merged(grants: readonly Grant[]): readonly Grant[] {
    const known = new Map<string, Grant>();
    for (const grant of grants) {
      const key = JSON.stringify(Stack.of(this).resolve([grant.resources, grant.conditions ?? {}]));
      const { actions = [] } = known.get(key) ?? {};
      known.set(key, {
        ...grant,
        actions: [...new Set([...actions, ...grant.actions])].toSorted(),
      });
    }
    return [...known.values()];
  }

  /** Characters of a statement; references count as they are printed, which is longer than what they become. */
  private readonly statementLength = onceEach((grant: Grant): number => {
    const resources = grant.resources.map((arn) => printedArn(Stack.of(this).resolve(arn)));
    return JSON.stringify(statementOf({ ...grant, resources }).toStatementJson()).length;
  });

  /** Characters of a policy: of its statements, and a comma between two. */
  private lengthOf(grants: readonly Grant[]): number {
    const around = JSON.stringify({ Version: '2012-10-17', Statement: [] }).length;
    const lengths = grants.map((grant) => this.statementLength(grant) + 1);
    return around + lengths.reduce((all, one) => all + one, 0) - Math.min(lengths.length, 1);
  }
}
