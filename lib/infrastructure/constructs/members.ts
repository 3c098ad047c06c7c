import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  hostsRoleName,
  publishRoleName,
  readRoleName,
  remediatorRoleName,
} from '../../resources/account/own-prefix.ts';
import { iam } from '../../services/iam.ts';
import type { Grant } from '../permissions/permissions.ts';
import type { GovernedPlace } from '../permissions/scopes.ts';
import { ServicePolicies } from './service-policies.ts';

export interface MembersProps {
  /** The accounts that the baseline names. */
  readonly accounts: readonly string[];
  /** Those of them where something may be put right. */
  readonly remediated: readonly string[];
  /** The organization whose accounts are governed as well, and whether something may be put right in some. @default - none */
  readonly organization?: { readonly id: string; readonly isRemediated: boolean } | undefined;
  /** Whether hosts are audited there. */
  readonly hasHosts: boolean;
  /** Whether what is read grants the same: a role takes ten policies, and the accounts would fill two of them again. */
  readonly isEnteredByReading: boolean;
  readonly place: GovernedPlace;
}

/** What listing the accounts of an organization takes: IAM checks it on no account. */
const listing = (organization: MembersProps['organization']): readonly Grant[] =>
  organization
    ? [
        {
          actions: [
            'organizations:DescribeOrganization',
            'organizations:ListAccountsForParent',
            'organizations:ListOrganizationalUnitsForParent',
            'organizations:ListRoots',
          ],
          resources: ['*'],
        },
      ]
    : [];

type Becoming = (
  roleNames: readonly string[],
  some: readonly string[],
  actions?: readonly string[],
) => readonly Grant[];

/** Roles of these names in named accounts, and in those of the organization. */
const becomingIn =
  (place: GovernedPlace, organization: MembersProps['organization']): Becoming =>
  (roleNames, some, actions = ['sts:AssumeRole']) => {
    const inAccounts = (all: readonly string[]) =>
      roleNames.flatMap((roleName) =>
        all.map((account) => iam.arn('role', { ...place, account }, roleName)),
      );
    return [
      ...(some.length === 0 ? [] : [{ actions, resources: inAccounts(some) }]),
      // Which of its accounts are governed is decided where they are listed; whoever is no part of it is never entered. The key
      // is there where the resource's owner is in an organization. Actions that do not support it are of EBS, of EventBridge
      // and six of EC2 in the text of the page that was read, which is of 2023, and none of STS:
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid
      ...(organization
        ? [
            {
              actions,
              resources: inAccounts(['*']),
              conditions: { StringEquals: { 'aws:ResourceOrgID': organization.id } },
            },
          ]
        : []),
    ];
  };

/** What entering the other accounts takes: their roles by exact ARN, and what these ask for. */
export class Members extends Construct {
  /** For the functions that evaluate: they read there, and publish. */
  readonly evaluating: ServicePolicies | undefined;
  /** For the function that only lists. */
  readonly reading: ServicePolicies;
  /** For the functions that ask hosts, and that hear what they answer. @default - no host is audited */
  readonly asking: ServicePolicies | undefined;
  readonly hearing: ServicePolicies | undefined;
  /** For the function that carries plans out. @default - no account lets anything be changed */
  readonly changing: ServicePolicies | undefined;
  readonly environment: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    { accounts, remediated, organization, hasHosts, isEnteredByReading, place }: MembersProps,
  ) {
    super(scope, id);
    const becoming = becomingIn(place, organization);
    const reason = organization
      ? 'The accounts of the organization come and go.'
      : 'Nothing is named by a wildcard.';
    this.evaluating =
      isEnteredByReading && !organization
        ? undefined
        : new ServicePolicies(this, 'Evaluating', {
            description: 'Whom Plumbline becomes in other accounts to read and to publish',
            grants: becoming([readRoleName, publishRoleName], accounts),
            reason,
          });
    this.reading = new ServicePolicies(this, 'Listing', {
      description: 'Whom Plumbline becomes in other accounts to list',
      grants: [...becoming([readRoleName], accounts), ...listing(organization)],
      reason,
    });
    const ofHosts = (name: string, description: string, roles: readonly string[]) =>
      hasHosts
        ? new ServicePolicies(this, name, {
            description,
            grants: becoming(roles, accounts),
            reason,
          })
        : undefined;
    this.asking = ofHosts('Asking', 'Whom Plumbline becomes in other accounts to ask hosts', [
      hostsRoleName,
    ]);
    this.hearing = ofHosts('Hearing', 'Whom Plumbline becomes in other accounts to hear hosts', [
      hostsRoleName,
      publishRoleName,
    ]);
    this.changing =
      remediated.length === 0 && !organization?.isRemediated
        ? undefined
        : new ServicePolicies(this, 'Changing', {
            description: 'Whom Plumbline becomes in other accounts to put something right',
            grants: [
              ...becoming(
                [readRoleName, publishRoleName, ...(hasHosts ? [hostsRoleName] : [])],
                remediated,
              ),
              ...becoming([remediatorRoleName], remediated, [
                'sts:AssumeRole',
                'sts:SetSourceIdentity',
              ]),
              ...(organization
                ? [{ actions: ['organizations:ListParents'], resources: ['*'] }]
                : []),
            ],
            reason,
          });
    this.environment = { EXTERNAL_ID: Stack.of(this).stackId };
  }
}
