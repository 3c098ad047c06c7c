import { Lazy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

export interface DenyAllBut {
  readonly sid: string;
  /** ARNs of the roles and users that are not denied; asked for when the template is written. */
  readonly principals: () => readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * Denies actions on a resource to everybody in the account but these, and AWS's services that act by themselves. Of a
 * session `aws:PrincipalArn` is the role's ARN; a service has none, and would be denied by the first condition alone.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
 * Never NotPrincipal: it would have to name every session.
 */
export const denyAllBut = ({ sid, principals, actions, resources }: DenyAllBut): PolicyStatement =>
  new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...actions],
    resources: [...resources],
    conditions: {
      ArnNotEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => [...principals()] }) },
      Bool: { 'aws:PrincipalIsAWSService': 'false' },
    },
  });
