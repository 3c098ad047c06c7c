import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  publishRoleName,
  readRoleName,
  remediatorRoleName,
} from '../../resources/account/own-prefix.ts';
import { iam } from '../../services/iam.ts';
import type { Grant } from '../permissions/permissions.ts';
import type { Place } from '../permissions/scopes.ts';
import { ServicePolicies } from './service-policies.ts';

export interface MembersProps {
  /** The accounts that the baseline names. */
  readonly accounts: readonly string[];
  /** Those of them where something may be put right. */
  readonly remediated: readonly string[];
  /** Whether what is read grants the same: a role takes ten policies, and the accounts would fill two of them again. */
  readonly isEnteredByReading: boolean;
  readonly place: Place;
}

/** What entering the other accounts takes: their roles by exact ARN, and what these ask for. */
export class Members extends Construct {
  /** For whoever evaluates: it reads there, and publishes. */
  readonly evaluating: ServicePolicies | undefined;
  /** For whoever only lists. */
  readonly reading: ServicePolicies;
  /** For whoever carries plans out; nobody does where no account lets anything be changed. */
  readonly changing: ServicePolicies | undefined;
  readonly environment: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    { accounts, remediated, isEnteredByReading, place }: MembersProps,
  ) {
    super(scope, id);
    const rolesIn = (some: readonly string[], roleName: string) =>
      some.map((account) => iam.arn('role', { ...place, account }, roleName));
    const entering = (roleName: string, some = accounts): Grant => ({
      actions: ['sts:AssumeRole'],
      resources: rolesIn(some, roleName),
    });
    const reason = 'Nothing is named by a wildcard.';
    this.evaluating = isEnteredByReading
      ? undefined
      : new ServicePolicies(this, 'Evaluating', {
          description: 'Whom Plumbline becomes in other accounts to read and to publish',
          grants: [entering(readRoleName), entering(publishRoleName)],
          reason,
        });
    this.reading = new ServicePolicies(this, 'Listing', {
      description: 'Whom Plumbline becomes in other accounts to list',
      grants: [entering(readRoleName)],
      reason,
    });
    this.changing =
      remediated.length === 0
        ? undefined
        : new ServicePolicies(this, 'Changing', {
            description: 'Whom Plumbline becomes in other accounts to put something right',
            grants: [
              entering(readRoleName, remediated),
              entering(publishRoleName, remediated),
              {
                actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
                resources: rolesIn(remediated, remediatorRoleName),
              },
            ],
            reason,
          });
    this.environment = { EXTERNAL_ID: Stack.of(this).stackId };
  }
}
