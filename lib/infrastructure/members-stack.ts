import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnParameter, CfnStackSet, Stack } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { isChangedElsewhere, type OrganizationSettings } from '../engine/baseline/organization.ts';
import {
  memberChangesStackName,
  memberHostsStackName,
  memberRolesStackName,
  memberStackName,
} from '../resources/account/ears-names.ts';
import type { Catalogue } from './events/watched.ts';
import { MemberChangesStack } from './member-changes-stack.ts';
import { MemberHostsStack } from './member-hosts-stack.ts';
import { type Hub, MemberStack, templateOf, usualHubStack } from './member-stack.ts';
import { withoutBootstrapRule } from './synthesizer.ts';

export interface MembersStackProps {
  readonly baseline: Baseline & { readonly organization: OrganizationSettings };
  readonly catalogue: Catalogue;
  /** The stack of the hub. @default Plumbline */
  readonly hubStack?: string;
}

/** Accounts of which something is said, within units: whole units, or some of their accounts. */
interface Targets {
  readonly units?: readonly string[] | undefined;
  readonly accounts: readonly string[];
  readonly but: readonly string[];
}

const governedTargets = ({
  organizationalUnits: units,
  accounts = [],
  exclude,
}: OrganizationSettings): Targets => ({ units, accounts, but: exclude });

/** Those where something may be put right: the role that may stands nowhere else. */
const changedTargets = ({ exclude, overrides }: OrganizationSettings): Targets => {
  const saying = (said: boolean) => overrides.filter(({ remediate }) => remediate === said);
  const idsOf = (said: boolean) => saying(said).flatMap(({ account }) => account ?? []);
  return {
    units: [...new Set(saying(true).flatMap(({ organizationalUnit: unit }) => unit ?? []))],
    accounts: idsOf(true).filter((id) => !exclude.includes(id)),
    but: [...new Set([...exclude, ...idsOf(false)])],
  };
};

const isWhole = ({ units, accounts }: Targets): boolean =>
  units === undefined && accounts.length === 0;

/** Whether the root of the organization has to be said: nothing else contains every account. */
const needsRoot = (targets: Targets): boolean => isWhole(targets) || targets.accounts.length > 0;

/**
 * What StackSets deploy in the accounts of an organization, as these come: roles, then what may change something and what
 * listens. It stands where StackSets are administered, which is the management account or one that it names for that, and
 * is deployed by people alone: whoever writes StackSets of an organization administers each of its accounts.
 */
export class MembersStack extends Stack {
  private readonly hub: CfnParameter;
  private readonly externalId: CfnParameter;
  private readonly callAs: CfnParameter;
  private readonly root: CfnParameter | undefined;
  private readonly hubStack: string;

  constructor(
    scope: Construct,
    id: string,
    { baseline, catalogue, hubStack = usualHubStack }: MembersStackProps,
  ) {
    super(scope, id, {
      description: 'Plumbline: what stands in the accounts of the organization',
      env: { region: baseline.homeRegion },
      suppressTemplateIndentation: true,
      synthesizer: withoutBootstrapRule(),
    });
    this.hubStack = hubStack;
    this.hub = new CfnParameter(this, 'Hub', {
      description: 'The id of the account where Plumbline stands',
      allowedPattern: '\\d{12}',
    });
    this.externalId = new CfnParameter(this, 'ExternalId', {
      description: 'The output ExternalId of the stack of Plumbline',
      allowedPattern: 'arn:[^:]+:cloudformation:.+:stack/.+',
    });
    this.callAs = new CfnParameter(this, 'CallAs', {
      description: 'DELEGATED_ADMIN in an account that administers StackSets for the organization',
      default: 'SELF',
      allowedValues: ['SELF', 'DELEGATED_ADMIN'],
    });
    const governed = governedTargets(baseline.organization);
    const changed = changedTargets(baseline.organization);
    const isChanged = isChangedElsewhere({ organization: baseline.organization });
    this.root =
      needsRoot(governed) || (isChanged && needsRoot(changed))
        ? new CfnParameter(this, 'Root', {
            description: 'The root of the organization, such as r-ab12',
            allowedPattern: 'r-[0-9a-z]{4,32}',
          })
        : undefined;
    this.deploySets({ baseline, catalogue }, governed, isChanged ? changed : undefined);
  }

  private deploySets(
    { baseline, catalogue }: Omit<MembersStackProps, 'hubStack'>,
    governed: Targets,
    changed: Targets | undefined,
  ): void {
    const { homeRegion, regions, organization } = baseline;
    const hub = (stack: Stack): Hub => ({
      account: new CfnParameter(stack, 'Hub').valueAsString,
      externalId: new CfnParameter(stack, 'ExternalId').valueAsString,
      organization: organization.id,
      stackName: this.hubStack,
    });
    const props = { hub, baseline, catalogue };
    const partOf = (part: 'roles' | 'ears') =>
      templateOf('Part', (app) => new MemberStack(app, 'Part', { ...props, part }));
    const roles = this.deploySet('Roles', {
      name: memberRolesStackName(this.hubStack),
      template: partOf('roles'),
      targets: governed,
      regions: [homeRegion],
    });
    if (changed)
      this.deploySet('Changes', {
        name: memberChangesStackName(this.hubStack),
        template: templateOf('Part', (app) => new MemberChangesStack(app, 'Part', props)),
        targets: changed,
        regions: [homeRegion],
        after: roles,
      });
    if (baseline.hosts)
      this.deploySet('Hosts', {
        name: memberHostsStackName(this.hubStack),
        template: templateOf('Part', (app) => new MemberHostsStack(app, 'Part', props)),
        targets: governed,
        regions,
        after: roles,
      });
    this.deploySet('Ears', {
      name: memberStackName(this.hubStack),
      template: partOf('ears'),
      targets: governed,
      regions,
      after: roles,
    });
  }

  private deploySet(
    id: string,
    {
      name,
      template,
      targets,
      regions,
      after,
    }: {
      readonly name: string;
      readonly template: string;
      readonly targets: Targets;
      readonly regions: readonly string[];
      readonly after?: CfnStackSet;
    },
  ): CfnStackSet {
    const set = new CfnStackSet(this, id, {
      stackSetName: name,
      description: `Plumbline: ${id.toLowerCase()} in accounts of the organization`,
      permissionModel: 'SERVICE_MANAGED',
      callAs: this.callAs.valueAsString,
      capabilities: ['CAPABILITY_NAMED_IAM'],
      // What an account that left holds of Plumbline leaves with it.
      autoDeployment: {
        enabled: true,
        retainStacksOnAccountRemoval: false,
        ...(after ? { dependsOn: [this.arnOf(after)] } : {}),
      },
      managedExecution: { Active: true },
      // One account that fails stops no other.
      operationPreferences: {
        concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
        failureTolerancePercentage: 100,
        maxConcurrentPercentage: 100,
        regionConcurrencyType: 'PARALLEL',
      },
      parameters: [
        { parameterKey: 'Hub', parameterValue: this.hub.valueAsString },
        { parameterKey: 'ExternalId', parameterValue: this.externalId.valueAsString },
      ],
      stackInstancesGroup: this.groupsOf(targets).map((deploymentTargets) => ({
        deploymentTargets,
        regions: [...regions],
      })),
      templateUrl: this.urlOf(id, template),
    });
    if (after) set.addResourceDependency(after);
    return set;
  }

  /** `Ref` of a StackSet is its id, `name:uuid`. */
  private arnOf(set: CfnStackSet): string {
    return this.formatArn({
      service: 'cloudformation',
      resource: 'stackset',
      resourceName: set.ref,
    });
  }

  private groupsOf({ units, accounts, but }: Targets): CfnStackSet.DeploymentTargetsProperty[] {
    const root = this.root?.valueAsString ?? '';
    const isAll = isWhole({ units, accounts, but });
    const within = isAll ? [root] : (units ?? []);
    return [
      ...(within.length === 0
        ? []
        : [
            {
              organizationalUnitIds: [...within],
              ...(but.length === 0 ? {} : { accounts: [...but], accountFilterType: 'DIFFERENCE' }),
            },
          ]),
      ...(accounts.length === 0
        ? []
        : [
            {
              organizationalUnitIds: [root],
              accounts: [...accounts],
              accountFilterType: 'INTERSECTION',
            },
          ]),
    ];
  }

  /** As a file beside the stack: with all regions a template is longer than what one holds itself. */
  private urlOf(id: string, template: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-members-'));
    const path = join(folder, `${id}.json`);
    writeFileSync(path, template);
    const asset = new Asset(this, `${id}Template`, { path });
    // The CDK has a copy, unless it was told to make none.
    if (asset.assetPath !== path) rmSync(folder, { recursive: true });
    return asset.httpUrl;
  }
}
