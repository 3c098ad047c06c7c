import type { Baseline } from '../../engine/baseline/baseline.ts';
import { stackPrefix } from '../../resources/account/own-prefix.ts';
import type { NamedPattern, Pattern } from './pattern.ts';

/** How SSM calls a command on one instance that is over. */
export const over = ['Success', 'Failed', 'TimedOut', 'Cancelled', 'ExecutionTimedOut'];

const answersPattern: Pattern = {
  source: ['aws.ssm'],
  'detail-type': ['EC2 Command Invocation Status-change Notification'],
  // Which command it was is known at home, and so which document: others of this name cost a message.
  detail: { 'document-name': [{ prefix: stackPrefix }], status: over },
};

/** Commands of ours that are over, elsewhere than in the home region. */
export const hostAnswers: NamedPattern = { name: 'HostAnswered', pattern: answersPattern };

/** Instances that start or end, elsewhere than in the home region. What else they become evaluates them as resources. */
export const instanceStates: NamedPattern = {
  name: 'InstanceStates',
  pattern: {
    source: ['aws.ec2'],
    'detail-type': ['EC2 Instance State-change Notification'],
  },
};

/** What is listened to for hosts in other regions and accounts; nothing where the baseline has no hosts. */
export const hostPatterns = ({ hosts }: Pick<Baseline, 'hosts'>): readonly NamedPattern[] =>
  hosts ? [instanceStates, hostAnswers] : [];
