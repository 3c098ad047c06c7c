import type { GetStageResponse, Stage } from '@aws-sdk/client-apigatewayv2';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { apigatewayv2 } from '../../services/apigatewayv2.ts';
import { described, only } from '../described.ts';
import { gathered } from '../gathered.ts';
import { partsNamed, partsOf } from './api-ids.ts';
import { listByApi, protocolOf } from './http-apis.ts';

const arn = (ref: Ref) => {
  const [api, stage] = partsOf(ref.id);
  return apigatewayv2.arn('Api', ref, `${api}/stages/${stage}`);
};
const gone = 'NotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<GetStageResponse> => {
  const [ApiId, StageName] = partsOf(id);
  const found = await reader.call('apigatewayv2', 'getStage', { ApiId, StageName });
  return only(found.StageName === undefined ? [] : [found], gone);
};
const { about } = described({
  actions: ['apigateway:GET'],
  arn,
  describe,
  tagsOf: ({ Tags = {} }) => Tags,
});

const accessOf = ({ AccessLogSettings }: Stage | GetStageResponse) => ({
  isLogged: Boolean(AccessLogSettings?.DestinationArn),
});

/** The default of its routes has the name that the default of a REST API has. */
const loggingOf = (
  { DefaultRouteSettings, RouteSettings = {} }: Stage | GetStageResponse,
  protocol: string | undefined,
) => ({
  protocol,
  levels: [['*/*', DefaultRouteSettings] as const, ...Object.entries(RouteSettings)].map(
    ([of, settings]) => ({ of, level: settings?.LoggingLevel ?? 'OFF' }),
  ),
});

const everything = ['access', 'logging'] as const;

/** A stage of an HTTP or WebSocket API; its id is the API's and its own name: `a1b2c3/$default`. */
export const apiStage = defineResourceType({
  type: 'AWS::ApiGatewayV2::Stage',
  scope: 'regional',
  securityHubType: 'AwsApiGatewayV2Stage',
  live: {
    gone: [gone],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: apigatewayv2.eventSource,
        calls: {
          CreateStage: 'created',
          UpdateStage: everything,
          DeleteStage: 'deleted',
          DeleteAccessLogSettings: ['access'],
          DeleteRouteSettings: ['logging'],
        },
        idsIn: partsNamed({ api: 'apiId', part: 'stageName' }),
      },
      {
        // With a target an API comes with a stage, of which the record says nothing; all stages go with their API.
        via: 'cloudtrail',
        source: apigatewayv2.eventSource,
        calls: { CreateApi: everything, DeleteApi: everything },
        idsIn: partsNamed({ api: 'apiId' }),
      },
    ],
    list: {
      actions: ['apigateway:GET'],
      /** The stages of each of a page of APIs. */
      page: (reader, token) =>
        listByApi(reader, token, async (ApiId, { ProtocolType }) => {
          const pages = reader.pages('apigatewayv2', 'getStages', { ApiId });
          const stages = await gathered(pages, ({ Items }) => Items);
          return stages.map((one) => ({
            id: `${ApiId}/${one.StageName}`,
            facets: { access: accessOf(one), logging: loggingOf(one, ProtocolType) },
          }));
        }),
    },
  },
  arn,
  about,
  facets: {
    access: {
      actions: ['apigateway:GET'],
      read: async (reader, ref) => accessOf(await describe(reader, ref)),
    },
    /** What of the calls of each route is written to CloudWatch Logs: `OFF`, `ERROR` or `INFO`. */
    logging: {
      actions: ['apigateway:GET'],
      read: async (reader, ref) =>
        loggingOf(await describe(reader, ref), await protocolOf(reader, ref)),
    },
  },
});
