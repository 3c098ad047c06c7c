import type { IdentityPool } from '@aws-sdk/client-cognito-identity';
import {
  defineResourceType,
  type Lender,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { cognitoidentity } from '../../services/cognitoidentity.ts';
import { described } from '../described.ts';
import { iamPolicy } from '../iam/iam-policy.ts';
import { iamRole } from '../iam/iam-role.ts';
import { named } from '../ids.ts';
import { guestRoleActions, readGuestRole } from './guest-role.ts';

const arn = (ref: Ref) => cognitoidentity.arn('identitypool', ref, ref.id);

const describe = (reader: Reader, { id }: Ref): Promise<IdentityPool> =>
  reader.call('cognitoidentity', 'describeIdentityPool', { IdentityPoolId: id });

const { about } = described({
  actions: ['cognito-identity:DescribeIdentityPool'],
  arn,
  describe,
  tagsOf: ({ IdentityPoolTags = {} }) => IdentityPoolTags,
});

/** One of the roles of the pool, where guests can get it. */
const roleOf = async (
  reader: Reader,
  ref: Ref,
  whose: 'unauthenticated' | 'authenticated',
  isForGuests: (pool: IdentityPool) => boolean,
) => {
  if (!isForGuests(await describe(reader, ref))) return undefined;
  const { Roles } = await reader.call('cognitoidentity', 'getIdentityPoolRoles', {
    IdentityPoolId: ref.id,
  });
  const role = Roles?.[whose];
  return role ? readGuestRole(reader, ref, role) : undefined;
};
const admits = ({ AllowUnauthenticatedIdentities: isSaid }: IdentityPool) => isSaid !== false;
const roles = ['guestRole', 'signedInRole'] as const;
const readingRoles = [
  'cognito-identity:DescribeIdentityPool',
  'cognito-identity:GetIdentityPoolRoles',
  ...guestRoleActions,
] as const;

/** Which pools give a role to their guests, the role does not say, nor does a listing of pools. */
const ofRoles: readonly Lender[] = [
  { type: iamRole.type, facet: 'trustPolicy' },
  { type: iamRole.type, facet: 'guestPrivileges' },
  { type: iamPolicy.type, facet: 'defaultVersion' },
];

/** An identity pool of Cognito; its id is `us-east-1:…`. */
export const identityPool = defineResourceType({
  type: 'AWS::Cognito::IdentityPool',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: ['ResourceNotFoundException'],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: cognitoidentity.eventSource,
        calls: {
          CreateIdentityPool: 'created',
          UpdateIdentityPool: ['pool', ...roles],
          SetIdentityPoolRoles: roles,
          DeleteIdentityPool: 'deleted',
        },
        idsIn: named({ request: ['identityPoolId'], response: ['identityPoolId'] }),
      },
    ],
    list: {
      actions: ['cognito-identity:ListIdentityPools'],
      page: async (reader, token) => {
        const { IdentityPools = [], NextToken } = await reader.call(
          'cognitoidentity',
          'listIdentityPools',
          { MaxResults: 60, ...(token === undefined ? {} : { NextToken: token }) },
        );
        return {
          resources: IdentityPools.flatMap(({ IdentityPoolId: id }) => (id ? [{ id }] : [])),
          ...(NextToken ? { next: NextToken } : {}),
        };
      },
    },
  },
  arn,
  about,
  facets: {
    pool: {
      actions: ['cognito-identity:DescribeIdentityPool'],
      read: async (reader, ref) => {
        const pool = await describe(reader, ref);
        return {
          /** Whether it gives credentials to whoever does not sign in. */
          admitsGuests: pool.AllowUnauthenticatedIdentities,
          /** Whether they can ask STS for them by a token, which AWS leaves all that the role may. */
          allowsClassicFlow: pool.AllowClassicFlow ?? false,
        };
      },
    },
    /** The role of guests; nothing where it admits none, or gives them none. */
    guestRole: {
      actions: readingRoles,
      read: (reader, ref) => roleOf(reader, ref, 'unauthenticated', admits),
      borrowedFrom: ofRoles,
    },
    /** The role of who signed in, where guests may ask STS for it: by the classic flow they name the role themselves. */
    signedInRole: {
      actions: readingRoles,
      read: (reader, ref) =>
        roleOf(
          reader,
          ref,
          'authenticated',
          (pool) => admits(pool) && pool.AllowClassicFlow === true,
        ),
      borrowedFrom: ofRoles,
    },
  },
});
