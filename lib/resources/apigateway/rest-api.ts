import type { RestApi } from '@aws-sdk/client-api-gateway';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { apigateway } from '../../services/apigateway.ts';
import { described } from '../described.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => apigateway.arn('RestApi', ref, ref.id);

const describe = (reader: Reader, { id: restApiId }: Ref): Promise<RestApi> =>
  reader.call('apigateway', 'getRestApi', { restApiId });

const { about, page } = described<RestApi>({
  actions: ['apigateway:GET'],
  arn,
  describe,
  tagsOf: ({ tags = {} }) => tags,
});

/** AWS answers with the text as it stands between quotes: `{\"Version\":…`. */
const policyOf = ({ policy }: RestApi): string | undefined => {
  if (!policy) return undefined;
  const text: unknown = /^\s*\{\s*\\/.test(policy) ? asData(`"${policy}"`) : policy;
  return typeof text === 'string' ? text : policy;
};

const endpointOf = ({ endpointConfiguration }: RestApi) => ({
  isPrivate: endpointConfiguration?.types?.includes('PRIVATE') ?? false,
});

/** A REST API of the account and region; its id is `a1b2c3d4e5`. */
export const restApi = defineResourceType({
  type: 'AWS::ApiGateway::RestApi',
  scope: 'regional',
  securityHubType: 'AwsApiGatewayRestApi',
  live: {
    gone: ['NotFoundException'],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: apigateway.eventSource,
        calls: {
          CreateRestApi: 'created',
          ImportRestApi: 'created',
          UpdateRestApi: ['endpoint', 'policy'],
          PutRestApi: ['endpoint', 'policy'],
          DeleteRestApi: 'deleted',
        },
        idsIn: named({ request: ['restApiId', 'restapi_id'], response: ['id'] }),
      },
    ],
    list: {
      actions: ['apigateway:GET'],
      page: async (reader, token) => {
        const { items, position } = await reader.call('apigateway', 'getRestApis', {
          limit: 100,
          ...(token === undefined ? {} : { position: token }),
        });
        return page(reader, { found: items, next: position }, (one) => ({
          id: one.id ?? '',
          facets: { endpoint: endpointOf(one), policy: policyOf(one) },
        }));
      },
    },
  },
  arn,
  about,
  facets: {
    /** Whether VPC endpoints alone lead to it. */
    endpoint: {
      actions: ['apigateway:GET'],
      read: async (reader, ref) => endpointOf(await describe(reader, ref)),
    },
    /** Who may call it; `undefined` where nothing says it. It holds once the API is deployed. */
    policy: {
      actions: ['apigateway:GET'],
      read: async (reader, ref) => policyOf(await describe(reader, ref)),
      comparable: asData,
    },
  },
});
