import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { hostControls } from '../hosts/index.ts';
import { memberChangesStackName } from '../resources/account/ears-names.ts';
import { remediateRoleName, remediatorRoleName } from '../resources/account/own-prefix.ts';
import { changesAmong, documentsFor } from './constructs/hosts-documents.ts';
import { documentsIn, instancesIn } from './constructs/hosts-handlers.ts';
import { Remediator } from './constructs/remediator.ts';
import { carriedOut, hardeningOn, planned } from './events/planned.ts';
import { awayCatalogue } from './events/watched.ts';
import {
  askedOf,
  describedHub,
  hubIn,
  type MemberPartProps,
  type MemberStackProps,
  ofHub,
  templateOf,
  usualHubStack,
} from './member-stack.ts';
import { ownInMember } from './permissions/own-resources.ts';
import { withoutBootstrapRule } from './synthesizer.ts';

/** The documents that may come to be sent to put hosts right, with those that confirm it and take it back. */
const changingDocuments = ({ hosts, ...baseline }: Baseline) => {
  const sent = hosts ? hardeningOn(carriedOut(hostControls, baseline), baseline) : [];
  return hosts && sent.length > 0 ? changesAmong(documentsFor(hosts.areas), sent) : [];
};

/**
 * What an account holds beside its ears, where the baseline lets something be put right there: the role that plans are
 * carried out by. It stands in the home region alone, and apart: an account that lets nothing be changed has none.
 */
export class MemberChangesStack extends Stack {
  constructor(scope: Construct, id: string, props: Omit<MemberPartProps, 'part'>) {
    const { baseline, catalogue } = props;
    super(scope, id, {
      description: `Plumbline of ${describedHub(props.hub)} puts right here what fails`,
      suppressTemplateIndentation: true,
      synthesizer: withoutBootstrapRule(),
    });
    const hub = hubIn(props.hub, this);
    const { homeRegion, regions, remediation } = baseline;
    const place = { partition: Aws.PARTITION, account: this.account, region: homeRegion, regions };
    const { controls } = awayCatalogue(catalogue);
    const remediator = new Remediator(this, 'Remediator', {
      assumedBy: ofHub(hub, [remediateRoleName]),
      asksFor: askedOf(hub),
      roleName: remediatorRoleName,
      own: ownInMember(place, hub.stackName ?? usualHubStack),
      carriedOut: carriedOut(planned(controls, baseline), baseline),
      place,
      protectedRoles: remediation.protectedRoles,
      regions,
    });
    const documents = changingDocuments(baseline);
    if (documents.length > 0)
      remediator.addToPolicy(
        new PolicyStatement({
          actions: ['ssm:SendCommand'],
          resources: [...documentsIn(documents, place), instancesIn(place)],
        }),
      );
  }
}

/** The template that another account deploys, in the home region, where something may be put right there. */
export const memberChangesTemplate = (props: MemberStackProps): string => {
  const id = memberChangesStackName(props.hub.stackName ?? usualHubStack);
  return templateOf(id, (app) => new MemberChangesStack(app, id, props));
};
