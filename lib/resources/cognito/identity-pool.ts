import type { IdentityPool } from '@aws-sdk/client-cognito-identity';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { cognitoidentity } from '../../services/cognitoidentity.ts';
import { described } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => cognitoidentity.arn('identitypool', ref, ref.id);

const describe = (reader: Reader, { id }: Ref): Promise<IdentityPool> =>
  reader.call('cognitoidentity', 'describeIdentityPool', { IdentityPoolId: id });

const { about } = described({
  actions: ['cognito-identity:DescribeIdentityPool'],
  arn,
  describe,
  tagsOf: ({ IdentityPoolTags = {} }) => IdentityPoolTags,
});

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
          UpdateIdentityPool: ['pool'],
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
      read: async (reader, ref) => ({
        /** Whether it gives credentials to whoever does not sign in. */
        admitsGuests: (await describe(reader, ref)).AllowUnauthenticatedIdentities,
      }),
    },
  },
});
