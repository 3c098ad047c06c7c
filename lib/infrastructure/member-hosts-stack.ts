import { Aws, CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { isChangedElsewhere } from '../engine/baseline/organization.ts';
import { memberHostsStackName } from '../resources/account/ears-names.ts';
import {
  auditHostsRoleName,
  hostResultsRoleName,
  hostsRoleName,
  remediateRoleName,
} from '../resources/account/own-prefix.ts';
import { auditsAmong, documentsFor, keepDocuments } from './constructs/hosts-documents.ts';
import { answeredGrants, askingGrants, documentsIn } from './constructs/hosts-handlers.ts';
import { ServicePolicies } from './constructs/service-policies.ts';
import {
  askedOf,
  conditioned,
  describedHub,
  hubIn,
  type MemberPartProps,
  type MemberStackProps,
  ofHub,
  templateOf,
  usualHubStack,
} from './member-stack.ts';
import { denyOutside } from './permissions/deny-outside.ts';
import { withoutBootstrapRule } from './synthesizer.ts';

/**
 * What an account holds beside its ears where its hosts are audited: the documents in each region, and the role by which
 * the hub asks with them. It stands apart: the documents alone take most of what a template may be long.
 */
export class MemberHostsStack extends Stack {
  constructor(scope: Construct, id: string, props: Omit<MemberPartProps, 'part'>) {
    const { baseline } = props;
    super(scope, id, {
      description: `Plumbline of ${describedHub(props.hub)} asks hosts here`,
      suppressTemplateIndentation: true,
      synthesizer: withoutBootstrapRule(),
    });
    const { hosts, homeRegion, regions } = baseline;
    if (!hosts) throw new Error('the baseline has no hosts');
    const documents = documentsFor(hosts.areas);
    keepDocuments(this, documents);
    const hub = hubIn(props.hub, this);
    const place = { partition: Aws.PARTITION, account: this.account, region: homeRegion, regions };
    const home = new Construct(this, 'Home');
    const role = new Role(home, 'Hosts', {
      roleName: hostsRoleName,
      description: 'Asks hosts for Plumbline with documents that change nothing',
      assumedBy: ofHub(hub, [
        auditHostsRoleName,
        hostResultsRoleName,
        // It looks at what it changes; what changes a host is sent by another role.
        ...(isChangedElsewhere(baseline) ? [remediateRoleName] : []),
      ]).withConditions(askedOf(hub)),
    });
    if (regions.length > 1) role.addToPolicy(denyOutside(regions));
    new ServicePolicies(home, 'Asking', {
      description: 'What Plumbline asks hosts',
      grants: [
        ...askingGrants(auditsAmong(documents, hosts.areas), place),
        {
          actions: ['ssm:DescribeDocument', 'ssm:GetDocument'],
          resources: documentsIn(documents, place),
        },
        ...answeredGrants(place),
      ],
      reason: 'Whichever host there is gets the same documents, which change nothing.',
    }).attachTo(role);
    conditioned(
      home,
      new CfnCondition(this, 'IsHome', { expression: Fn.conditionEquals(Aws.REGION, homeRegion) }),
    );
  }
}

/** The template that another account deploys, in each governed region, where its hosts are audited. */
export const memberHostsTemplate = (props: MemberStackProps): string => {
  const id = memberHostsStackName(props.hub.stackName ?? usualHubStack);
  return templateOf(id, (app) => new MemberHostsStack(app, id, props));
};
