import { Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { earsStackName } from '../resources/account/ears-names.ts';
import { earsBusName, forwardRoleName } from '../resources/account/own-prefix.ts';
import { eventbridge } from '../services/eventbridge.ts';
import { hearFor } from './constructs/ears.ts';
import { otherRegions } from './events/ear-patterns.ts';
import type { NamedPattern } from './events/pattern.ts';
import { withoutBootstrapRule } from './synthesizer.ts';

interface EarsStackProps {
  readonly region: string;
  readonly homeRegion: string;
  /** @default - that of the credentials it is deployed with */
  readonly account: string | undefined;
  readonly patterns: readonly NamedPattern[];
}

/**
 * What listens in a region where nothing is evaluated: rules that bring events to the bus of the home region, and a
 * queue for what could not be brought. It costs nothing while nothing happens.
 */
export class EarsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { region, homeRegion, account, patterns }: EarsStackProps,
  ) {
    super(scope, id, {
      description: `Plumbline: what changes in this region is told to ${homeRegion}`,
      env: { region, ...(account === undefined ? {} : { account }) },
      suppressTemplateIndentation: true,
      synthesizer: withoutBootstrapRule(),
    });
    const place = { partition: this.partition, region: homeRegion, account: this.account };
    hearFor(this, {
      busArn: eventbridge.arn('event-bus', place, earsBusName),
      role: Role.fromRoleName(this, 'Forward', forwardRoleName),
      patterns,
    });
  }
}

/** What listens in each other region, beside the stack that it tells, to be deployed once the bus is there. */
export const hearElsewhere = (
  hub: Stack,
  baseline: Pick<Baseline, 'homeRegion' | 'regions'>,
  told: Pick<EarsStackProps, 'account' | 'patterns'>,
): void => {
  const { scope } = hub.node;
  if (scope === undefined) throw new Error('the stack stands in no app');
  for (const region of otherRegions(baseline))
    new EarsStack(scope, earsStackName(hub.node.id, region), {
      ...told,
      region,
      homeRegion: baseline.homeRegion,
    }).addStackDependency(hub);
};
