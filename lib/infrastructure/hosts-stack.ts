import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Baseline } from '../engine/baseline/baseline.ts';
import type { HostDocument } from '../hosts/compile.ts';
import { hostsStackName } from '../resources/account/ears-names.ts';
import { keepDocuments } from './constructs/hosts-documents.ts';
import { otherRegions } from './events/ear-patterns.ts';
import { withoutBootstrapRule } from './synthesizer.ts';

interface HostsStackProps {
  readonly region: string;
  readonly homeRegion: string;
  /** @default - that of the credentials it is deployed with */
  readonly account: string | undefined;
  readonly documents: readonly HostDocument[];
}

/**
 * The documents for hosts in a region where nothing is evaluated: a command takes a document of its own region. They cost
 * nothing, and stand apart from the ears, whose stack is read whole each time that it is compared.
 */
export class HostsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { region, homeRegion, account, documents }: HostsStackProps,
  ) {
    super(scope, id, {
      description: `Plumbline: what hosts in this region are asked by from ${homeRegion}`,
      env: { region, ...(account === undefined ? {} : { account }) },
      suppressTemplateIndentation: true,
      synthesizer: withoutBootstrapRule(),
    });
    keepDocuments(this, documents);
  }
}

/** The documents in each other region, to be there before anybody is sent them. */
export const keepElsewhere = (
  hub: Stack,
  { homeRegion, hosts, ...baseline }: Pick<Baseline, 'homeRegion' | 'hosts' | 'regions'>,
  kept: Pick<HostsStackProps, 'account' | 'documents'>,
): void => {
  const { scope } = hub.node;
  if (scope === undefined) throw new Error('the stack stands in no app');
  if (!hosts) return;
  for (const region of otherRegions({ homeRegion, ...baseline }))
    hub.addStackDependency(
      new HostsStack(scope, hostsStackName(hub.node.id, region), { ...kept, region, homeRegion }),
    );
};
