import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aws, CfnCondition, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import {
  AccountPrincipal,
  Effect,
  PolicyStatement,
  type PrincipalBase,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { isChangedElsewhere } from '../engine/baseline/organization.ts';
import { memberStackName } from '../resources/account/ears-names.ts';
import {
  earsBusName,
  evaluateRoleName,
  forwardRoleName,
  hostResultsRoleName,
  publishRoleName,
  readRoleName,
  remediateRoleName,
  sweepRoleName,
} from '../resources/account/own-prefix.ts';
import { probeActions } from '../resources/account/probes.ts';
import { eventbridge } from '../services/eventbridge.ts';
import { iam } from '../services/iam.ts';
import { hearFor } from './constructs/ears.ts';
import { forRules } from './constructs/ears-bus.ts';
import { ServicePolicies } from './constructs/service-policies.ts';
import { earPatterns, homePatterns } from './events/ear-patterns.ts';
import { organizationPatterns } from './events/organization-pattern.ts';
import { awayCatalogue, type Catalogue, readable, watched } from './events/watched.ts';
import { type Grant, listGrants, publishGrants, readGrants } from './permissions/permissions.ts';
import type { GovernedPlace } from './permissions/scopes.ts';
import { substituted } from './substituted.ts';
import { withoutBootstrapRule } from './synthesizer.ts';

/** Where Plumbline stands, as an account that it governs knows it. */
export interface Hub {
  readonly account: string;
  /** What the roles ask for beside the name of who assumes them. */
  readonly externalId: string;
  /** The organization that it has to be in. @default - it may be in any, or none */
  readonly organization?: string;
  /** @default Plumbline */
  readonly stackName?: string;
}
export interface MemberStackProps {
  readonly hub: Hub;
  readonly baseline: Baseline;
  readonly catalogue: Catalogue;
}
/** A stack that StackSets deploy has one part, whose hub is said by parameters. */
export interface MemberPartProps extends Omit<MemberStackProps, 'hub'> {
  readonly hub: Hub | ((stack: Stack) => Hub);
  /** The roles alone, or what listens. @default - both */
  readonly part?: 'roles' | 'ears';
}
export const hubIn = (hub: MemberPartProps['hub'], stack: Stack): Hub =>
  typeof hub === 'function' ? hub(stack) : hub;
/** Of a hub that parameters say, a description says nothing: CloudFormation takes only a text. */
export const describedHub = (hub: MemberPartProps['hub']): string =>
  typeof hub === 'function' ? 'the hub' : `account ${hub.account}`;

const partition = Aws.PARTITION;

/**
 * Roles of the hub by their names: a role's ARN as principal would be lost with the role.
 * @param people ARNs of roles and users beside them, of the hub
 */
export const ofHub = (
  { account, organization }: Hub,
  roleNames: readonly string[],
  people: readonly string[] = [],
): PrincipalBase =>
  new AccountPrincipal(account).withConditions({
    ...(organization === undefined ? {} : { StringEquals: { 'aws:PrincipalOrgID': organization } }),
    ArnEquals: {
      'aws:PrincipalArn': [
        ...roleNames.map((name) => iam.arn('role', { partition, region: '', account }, name)),
        ...people,
      ],
    },
  });
/** Conditions on assuming a role here, beside the principal. */
export const askedOf = ({ externalId }: Hub) => ({
  StringEquals: { 'sts:ExternalId': externalId },
});

export const usualHubStack = 'Plumbline';

/** Whether the rules of this template are as they were deployed is asked from the hub, in each region. */
const ownEarsGrants = (place: GovernedPlace, stack: string): readonly Grant[] => [
  { actions: ['events:ListRules'], resources: ['*'] },
  {
    actions: ['events:ListTargetsByRule'],
    // A StackSet begins the names of its stacks otherwise.
    resources: [
      eventbridge.arn('rule-on-default-event-bus', { ...place, region: '*' }, `*${stack}*`),
    ],
  },
];

const isHistory = (action: string): boolean => action === 'securityhub:GetFindingHistory';
/** Who suppressed a finding is asked for where something is put right. */
const withoutHistory = (grants: readonly Grant[]): readonly Grant[] =>
  grants.map((grant) => ({ ...grant, actions: grant.actions.filter((one) => !isHistory(one)) }));
/** The function that acts, where it may in any account: it reads what it puts right, and writes notes on findings. */
const actingIn = (baseline: Baseline): readonly string[] =>
  isChangedElsewhere(baseline) ? [remediateRoleName] : [];

/** Operators of whichever account the template is deployed in: CloudFormation leaves out those who are none there. */
const operatorsHere = (
  scope: Construct,
  { operators, operatorScopes = {} }: Baseline,
): readonly string[] =>
  operators.map((arn, index) => {
    const accounts = Object.hasOwn(operatorScopes, arn) ? operatorScopes[arn]?.accounts : undefined;
    if (accounts === undefined) return arn;
    const isHere = new CfnCondition(scope, `HasOperator${index}`, {
      expression: Fn.conditionOr(...accounts.map((one) => Fn.conditionEquals(Aws.ACCOUNT_ID, one))),
    });
    return Fn.conditionIf(isHere.logicalId, arn, Aws.NO_VALUE).toString();
  });

/** Makes all within a construct depend on a condition. */
export const conditioned = (scope: Construct, condition: CfnCondition): void => {
  for (const each of scope.node.findAll())
    if (CfnResource.isCfnResource(each)) each.cfnOptions.condition = condition;
};

/**
 * What an account holds that another one governs: roles to read and to publish by, which may change nothing, and ears.
 * One template for every region: what is there once is made in the home region alone.
 */
export class MemberStack extends Stack {
  constructor(scope: Construct, id: string, props: MemberPartProps) {
    const { baseline, catalogue, part } = props;
    super(scope, id, {
      description: `Plumbline of ${describedHub(props.hub)} reads here, and is told what changes`,
      suppressTemplateIndentation: true,
      synthesizer: withoutBootstrapRule(),
    });
    const hub = hubIn(props.hub, this);
    const { homeRegion, regions } = baseline;
    const place = { partition, account: this.account, region: homeRegion, regions };
    const busArn = eventbridge.arn('event-bus', { ...place, account: hub.account }, earsBusName);
    const home = new Construct(this, 'Home');
    if (part !== 'ears') this.letIn(home, { hub, baseline, catalogue }, place);
    const name = memberStackName(hub.stackName ?? usualHubStack);
    const role =
      part === 'ears'
        ? Role.fromRoleName(home, 'Forward', forwardRoleName)
        : // Rules that a StackSet makes are named after its own stack.
          this.forward(home, busArn, place, part === 'roles' ? `StackSet-${name}` : Aws.STACK_NAME);
    // The roles of an account are made in the home region alone.
    if (part === 'roles') return;
    hearFor(home, {
      busArn,
      role,
      patterns: [...homePatterns(catalogue, baseline), ...organizationPatterns(baseline)],
    });
    const isHome = new CfnCondition(this, 'IsHome', {
      expression: Fn.conditionEquals(Aws.REGION, homeRegion),
    });
    conditioned(home, isHome);
    if (regions.length < 2) return;
    // The id is of the time when these rules stood beside the home region alone: another one would delete their queue.
    const everywhere = new Construct(this, 'Elsewhere');
    const there = iam.arn('role', { ...place, region: '' }, forwardRoleName);
    hearFor(everywhere, {
      busArn,
      role: Role.fromRoleArn(everywhere, 'Forward', there),
      // Said once, and not in each rule: with every region the template was too long.
      ...(part === 'ears'
        ? {}
        : { after: Fn.conditionIf(isHome.logicalId, role.roleArn, '').toString() }),
      patterns: earPatterns(catalogue, baseline),
    });
  }

  /** The roles by which the hub reads and publishes. */
  private letIn(
    scope: Construct,
    { hub, baseline, catalogue }: MemberStackProps,
    place: GovernedPlace,
  ): void {
    const away = awayCatalogue(catalogue);
    const acting = actingIn(baseline);
    const publishing = publishGrants(place);
    const { regions } = baseline;
    // Said once for all: a condition in each statement takes more than a template has bytes for.
    const anywhere = regions.length > 1 ? { ...place, region: '*', regions: [] } : place;
    const read = new Role(scope, 'Read', {
      roleName: readRoleName,
      description: 'Reads for Plumbline',
      // Operators scan by it: they may ask for what changes something, and reading is less.
      assumedBy: ofHub(
        hub,
        [evaluateRoleName, sweepRoleName, ...acting],
        operatorsHere(scope, baseline),
      ).withConditions(askedOf(hub)),
    });
    new ServicePolicies(scope, 'Reading', {
      description: 'What Plumbline reads',
      grants: [
        ...readGrants(readable(away, baseline), anywhere),
        ...listGrants(watched(away, baseline), anywhere),
        { actions: probeActions, resources: ['*'] },
        // The function that acts looks at the instance of a host.
        ...(baseline.hosts && acting.length > 0
          ? [{ actions: ['ec2:DescribeInstances'], resources: ['*'] }]
          : []),
        ...ownEarsGrants(place, memberStackName(hub.stackName ?? usualHubStack)),
      ],
      regions,
      reason: 'Whichever resource changes is read; every action is a read.',
    }).attachTo(read);
    new ServicePolicies(scope, 'Publishing', {
      description: 'What Plumbline publishes',
      grants: acting.length > 0 ? publishing : withoutHistory(publishing),
      reason: 'Only findings of its own.',
    }).attachTo(
      new Role(scope, 'Publish', {
        roleName: publishRoleName,
        description: 'Publishes findings of Plumbline',
        assumedBy: ofHub(hub, [
          evaluateRoleName,
          ...acting,
          ...(baseline.hosts ? [hostResultsRoleName] : []),
        ]).withConditions(askedOf(hub)),
      }),
    );
  }

  private forward(scope: Construct, busArn: string, place: GovernedPlace, stack: string): Role {
    const rules = eventbridge.arn(
      'rule-on-default-event-bus',
      { ...place, region: '*' },
      `${stack}-*`,
    );
    const role = new Role(scope, 'Forward', {
      roleName: forwardRoleName,
      description: 'Brings what rules of Plumbline hear here to its bus',
      assumedBy: forRules(this.account, rules),
    });
    role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['events:PutEvents'],
        resources: [busArn],
      }),
    );
    return role;
  }
}

/** A stack as text. */
export const templateOf = (id: string, make: (app: App) => Stack): string => {
  const outdir = mkdtempSync(join(tmpdir(), 'plumbline-member-'));
  try {
    const app = new App({
      outdir,
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
    });
    make(app);
    return JSON.stringify(substituted(app.synth().getStackByName(id).template));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

/** The template that another account deploys, in each governed region; the home region first, which has the roles. */
export const memberTemplate = (props: MemberStackProps): string => {
  const id = memberStackName(props.hub.stackName ?? usualHubStack);
  return templateOf(id, (app) => new MemberStack(app, id, props));
};
