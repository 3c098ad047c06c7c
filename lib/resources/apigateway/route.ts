import type { GetRouteResult, Route } from '@aws-sdk/client-apigatewayv2';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { apigatewayv2 } from '../../services/apigatewayv2.ts';
import { described, only } from '../described.ts';
import { gathered } from '../gathered.ts';
import { partsNamed, partsOf } from './api-ids.ts';
import { listByApi, protocolOf } from './http-apis.ts';

const arn = (ref: Ref) => {
  const [api, route] = partsOf(ref.id);
  return apigatewayv2.arn('Api', ref, `${api}/routes/${route}`);
};
const gone = 'NotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<GetRouteResult> => {
  const [ApiId, RouteId] = partsOf(id);
  const found = await reader.call('apigatewayv2', 'getRoute', { ApiId, RouteId });
  return only(found.RouteKey === undefined ? [] : [found], gone);
};
const { about } = described({
  actions: ['apigateway:GET'],
  arn,
  describe,
  // Routes have no tags of their own.
  tagsOf: () => ({}),
});

const shown = ({ RouteKey = '', AuthorizationType }: Route | GetRouteResult) => ({
  /** `GET /orders`, `$default`, or the name of a message. */
  key: RouteKey,
  /** `NONE`, `AWS_IAM`, `CUSTOM` or `JWT`. */
  authorization: AuthorizationType ?? 'NONE',
});

/** A route of an HTTP or WebSocket API; its id is the API's and its own: `a1b2c3/d4e5f6`. */
export const apiRoute = defineResourceType({
  type: 'AWS::ApiGatewayV2::Route',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: [gone],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: apigatewayv2.eventSource,
        calls: { CreateRoute: 'created', UpdateRoute: ['route'], DeleteRoute: 'deleted' },
        idsIn: partsNamed({ api: 'apiId', part: 'routeId' }),
      },
      {
        via: 'cloudtrail',
        source: apigatewayv2.eventSource,
        // With a target, or from a definition, an API comes with routes; an update can make or change one, and all go with it.
        calls: {
          CreateApi: ['route'],
          ImportApi: ['route'],
          ReimportApi: ['route'],
          UpdateApi: ['route'],
          DeleteApi: ['route'],
        },
        idsIn: partsNamed({ api: 'apiId' }),
      },
    ],
    list: {
      actions: ['apigateway:GET'],
      /** The routes of each of a page of APIs. */
      page: (reader, token) =>
        listByApi(reader, token, async (ApiId, { ProtocolType }) => {
          const pages = reader.pages('apigatewayv2', 'getRoutes', { ApiId });
          const routes = await gathered(pages, ({ Items }) => Items);
          return routes.map((one) => ({
            id: `${ApiId}/${one.RouteId}`,
            facets: { route: shown(one), api: { protocol: ProtocolType } },
          }));
        }),
    },
  },
  arn,
  about,
  facets: {
    route: {
      actions: ['apigateway:GET'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
    api: {
      actions: ['apigateway:GET'],
      read: async (reader, ref): Promise<{ readonly protocol: string | undefined }> => ({
        protocol: await protocolOf(reader, ref),
      }),
    },
  },
});
