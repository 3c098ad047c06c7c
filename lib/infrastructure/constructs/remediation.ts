import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Control } from '../../model/control.ts';
import type { ActingAs } from '../permissions/acting.ts';
import { ownResources } from '../permissions/own-resources.ts';
import { CustomActions, type CustomActionsProps } from './custom-actions.ts';
import { Images } from './images.ts';
import { Inbox } from './inbox.ts';
import { Ledger } from './ledger.ts';
import { LedgerKey } from './ledger-key.ts';
import type { GuardedQueue } from './queue.ts';
import { Remediate, type RemediateProps, remediateSeconds, Switch } from './remediate.ts';
import { Remediator } from './remediator.ts';

export interface RemediationProps extends Omit<RemediateProps, 'acting'> {
  /** The controls whose plans may come to be carried out. */
  readonly carriedOut: readonly Control[];
  /** Keeps the custom actions that could not be delivered. */
  readonly undelivered: GuardedQueue;
  /** Whether the custom actions change something, where there are any. @default - there are none */
  readonly customActions?: CustomActionsProps['may'] | undefined;
  /** ARNs of roles that are never changed. */
  readonly protectedRoles: readonly string[];
  /** Where alone anything is changed, if not in the stack's own region alone. @default [] */
  readonly regions?: readonly string[];
}
export interface Remediation {
  readonly remediate: Remediate;
  readonly acting: ActingAs;
}

/** All that carrying out plans takes, side by side in the stack. */
export const remediationIn = (
  stack: Construct,
  {
    carriedOut,
    undelivered,
    customActions,
    operators,
    protectedRoles,
    regions,
    ...evaluating
  }: RemediationProps,
): Remediation => {
  const remediations = new Inbox(stack, 'Remediations', {
    isOrdered: true,
    timeoutSeconds: remediateSeconds,
    operators,
  });
  const { notices, place } = evaluating;
  const ledger = new Ledger(stack, 'Ledger');
  const acting = { remediations, ledger, images: new Images(stack, 'Images'), notices };
  new Switch(stack, 'Switch');
  const remediate = new Remediate(stack, 'Remediate', { ...evaluating, operators, acting });
  const remediator = new Remediator(stack, 'Remediator', {
    assumedBy: new ArnPrincipal(remediate.role.roleArn),
    own: ownResources(stack, place),
    carriedOut,
    place,
    protectedRoles,
    regions,
  });
  remediate.actAs(remediator);
  const key = new LedgerKey(stack, 'LedgerKey', remediate.role);
  remediate.sealWith(key);
  remediator.deny('LedgerKey', [key.keyArn]);
  if (customActions)
    new CustomActions(stack, 'CustomActions', {
      remediations,
      undelivered,
      place,
      may: customActions,
    });
  return { remediate, acting: { ...acting, remediator } };
};
