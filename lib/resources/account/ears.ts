import type { Reader, Ref } from '../../model/resource-type.ts';
import { homeRegionOf } from '../../services/regions.ts';
import { earsStackName } from './ears-names.ts';
import { earsAnnouncements, isStackUnsettled } from './own-announcements.ts';
import { earsBusName, stackPrefix } from './own-prefix.ts';
import { changedAtOf, noStack, readOwnStack, stackName } from './own-stack.ts';
import { readQueues, readRules, rulesOnBus } from './own-transport.ts';
import { regionWide } from './wide.ts';

const nameIn = ({ region }: Ref): string => earsStackName(stackName, region);

/** The stack that the ears tell, in its own region: how it stands, and what it wants heard in the other regions. */
const readHub = async (reader: Reader) => {
  const home = reader.elsewhere(homeRegionOf(reader.region));
  const asked = { StackName: stackName };
  const { Stacks: [stack] = [] } = await home.call('cloudformation', 'describeStacks', asked);
  const wanted: { name: string; pattern: string }[] = [];
  for await (const { Name = '', EventPattern } of rulesOnBus(home, stackPrefix, earsBusName))
    if (EventPattern !== undefined) wanted.push({ name: Name, pattern: EventPattern });
  return { status: stack?.StackStatus ?? '', changedAt: changedAtOf(stack ?? {}), wanted };
};

/** What listens in a region for the stack in the home region. */
export const ears = regionWide({
  type: 'Plumbline::Ears',
  unsettled: { facet: 'stack', while: isStackUnsettled },
  announcements: earsAnnouncements,
  facets: {
    stack: {
      actions: [
        'cloudformation:DescribeStacks',
        'cloudformation:GetTemplate',
        'cloudformation:ListStackResources',
      ],
      absent: noStack,
      read: (reader, ref) => readOwnStack(reader, ref, nameIn(ref)),
    },
    eventRules: {
      actions: ['events:ListRules', 'events:ListTargetsByRule'],
      read: (reader, ref) => readRules(reader, `${nameIn(ref)}-`),
    },
    queues: {
      actions: ['sqs:ListQueues', 'sqs:GetQueueAttributes'],
      read: (reader, ref) => readQueues(reader, `${nameIn(ref)}-`),
    },
    hub: {
      actions: ['cloudformation:DescribeStacks', 'events:ListRules'],
      absent: noStack,
      read: readHub,
    },
  },
});
