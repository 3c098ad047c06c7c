import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Control } from '../../model/control.ts';
import type { ActingAs } from '../permissions/acting.ts';
import { CustomActions } from './custom-actions.ts';
import { Images } from './images.ts';
import { Inbox } from './inbox.ts';
import { LedgerKey } from './ledger-key.ts';
import type { GuardedQueue } from './queue.ts';
import { Remediate, type RemediateProps, remediateSeconds, Switch } from './remediate.ts';
import { Remediator } from './remediator.ts';

export interface RemediationProps extends Omit<RemediateProps, 'acting'> {
  readonly planned: readonly Control[];
  readonly notices: ITopic;
  /** Keeps the custom actions that could not be delivered. */
  readonly undelivered: GuardedQueue;
  readonly hasCustomActions: boolean;
  /** ARNs of the people who may ask for actions. @default - whoever may send to the queue */
  readonly operators?: readonly string[];
  /** ARNs of roles that are never changed. */
  readonly protectedRoles: readonly string[];
}
export interface Remediation {
  readonly remediate: Remediate;
  readonly acting: ActingAs;
}

/** All that carrying out plans takes, side by side in the stack. */
export const remediationIn = (
  stack: Construct,
  {
    planned,
    notices,
    undelivered,
    hasCustomActions,
    protectedRoles,
    operators = [],
    ...judging
  }: RemediationProps,
): Remediation => {
  const remediations = new Inbox(stack, 'Remediations', {
    isOrdered: true,
    timeoutSeconds: remediateSeconds,
    operators,
    // The command line asks with the credentials of whoever runs it.
    isOpen: operators.length === 0,
  });
  const acting = { remediations, images: new Images(stack, 'Images'), notices };
  new Switch(stack, 'Switch');
  const remediate = new Remediate(stack, 'Remediate', { ...judging, acting });
  const { place } = judging;
  const remediator = new Remediator(stack, 'Remediator', {
    assumedBy: remediate.role,
    planned,
    place,
    protectedRoles,
  });
  remediate.actAs(remediator);
  const key = new LedgerKey(stack, 'LedgerKey', remediate.role);
  remediate.sealWith(key);
  remediator.deny('LedgerKey', [key.keyArn]);
  if (hasCustomActions)
    new CustomActions(stack, 'CustomActions', { remediations, undelivered, place });
  return { remediate, acting: { ...acting, remediator } };
};
