import { RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** What seals the actions in the ledger, and proves them before they are taken back. */
export const sealingActions = ['kms:GenerateMac', 'kms:VerifyMac'];

/**
 * The key of the ledger's seals. Whatever else somebody in the account may do, one role alone may seal or check a seal.
 * It outlives the stack: an action that it sealed can be taken back later.
 */
export class LedgerKey extends Key {
  constructor(scope: Construct, id: string, sealer: IRole) {
    super(scope, id, {
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      description: 'Seals the actions of Plumbline, so that nobody can write one in its name',
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [...sealingActions],
        resources: ['*'],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': sealer.roleArn } },
      }),
    );
  }
}
