import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { publishRoleName, readRoleName } from '../../resources/account/own-prefix.ts';
import { iam } from '../../services/iam.ts';
import type { Grant } from '../permissions/permissions.ts';
import type { Place } from '../permissions/scopes.ts';
import { ServicePolicies } from './service-policies.ts';

export interface MembersProps {
  /** The accounts that the baseline names. */
  readonly accounts: readonly string[];
  readonly place: Place;
}

/** What entering the other accounts takes: their roles by exact ARN, and what these ask for. */
export class Members extends Construct {
  /** For whoever evaluates: it reads there, and publishes. */
  readonly evaluating: ServicePolicies;
  /** For whoever only lists. */
  readonly reading: ServicePolicies;
  readonly environment: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { accounts, place }: MembersProps) {
    super(scope, id);
    const entering = (roleName: string): Grant => ({
      actions: ['sts:AssumeRole'],
      resources: accounts.map((account) => iam.arn('role', { ...place, account }, roleName)),
    });
    const reason = 'Nothing is named by a wildcard.';
    this.evaluating = new ServicePolicies(this, 'Evaluating', {
      description: 'Whom Plumbline becomes in other accounts to read and to publish',
      grants: [entering(readRoleName), entering(publishRoleName)],
      reason,
    });
    this.reading = new ServicePolicies(this, 'Listing', {
      description: 'Whom Plumbline becomes in other accounts to list',
      grants: [entering(readRoleName)],
      reason,
    });
    this.environment = { EXTERNAL_ID: Stack.of(this).stackId };
  }
}
