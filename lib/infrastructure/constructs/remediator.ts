import { Duration } from 'aws-cdk-lib';
import {
  type Conditions,
  Effect,
  PolicyStatement,
  type PrincipalBase,
  Role,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Control } from '../../model/control.ts';
import { denyOutside } from '../permissions/deny-outside.ts';
import { writeGrants } from '../permissions/permissions.ts';
import type { GovernedPlace } from '../permissions/scopes.ts';
import { ServicePolicies } from './service-policies.ts';

export interface RemediatorProps {
  /** The one function that may assume it, by its role. */
  readonly assumedBy: PrincipalBase;
  /** Conditions on assuming it, beside the principal. @default - none */
  readonly asksFor?: Conditions;
  /** Where it is known by its name. @default - CloudFormation makes one up */
  readonly roleName?: string;
  /** ARNs of what Plumbline is made of, which it never changes. */
  readonly own: readonly string[];
  /** The controls whose plans it carries out; with none it may change nothing. */
  readonly carriedOut: readonly Control[];
  readonly place: GovernedPlace;
  /** ARNs of roles that are never changed. */
  readonly protectedRoles: readonly string[];
  /** Where alone it changes anything, if not in the stack's own region alone. @default [] */
  readonly regions?: readonly string[] | undefined;
}

/** What any plan may do. Each action gets of it, by a session policy, what its own plan takes. */
export class Remediator extends Role {
  constructor(
    scope: Construct,
    id: string,
    {
      assumedBy: trusted,
      asksFor = {},
      roleName,
      own,
      carriedOut,
      place,
      protectedRoles,
      regions = [],
    }: RemediatorProps,
  ) {
    // No session without a source identity: every call says by itself which action made it.
    const named = { StringLike: { 'sts:SourceIdentity': '*' } };
    super(scope, id, {
      assumedBy: trusted.withConditions({ ...asksFor, ...named }),
      ...(roleName === undefined ? {} : { roleName }),
      description: 'Carries out the plans of Plumbline, one action a session',
      maxSessionDuration: Duration.hours(1),
    });
    this.assumeRolePolicy?.addStatements(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [trusted.withConditions(named)],
        actions: ['sts:SetSourceIdentity'],
      }),
    );
    new ServicePolicies(this, 'Writing', {
      description: 'What plans of Plumbline may change',
      grants: writeGrants(carriedOut, place),
      reason:
        'Whichever resource drifts is put right; each session is narrowed to the resources of its plan.',
    }).attachTo(this);
    this.deny('OwnResources', own);
    if (protectedRoles.length > 0) this.deny('ProtectedRoles', protectedRoles);
    if (regions.length > 0) this.addToPolicy(denyOutside(regions));
  }

  /** Denies everything on these resources, whatever plans are granted. */
  deny(sid: string, resources: readonly string[]): void {
    this.addToPolicy(
      new PolicyStatement({ sid, effect: Effect.DENY, actions: ['*'], resources: [...resources] }),
    );
  }
}
