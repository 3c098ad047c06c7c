import type { MethodSetting, Stage } from '@aws-sdk/client-api-gateway';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { apigateway } from '../../services/apigateway.ts';
import { wafv2 } from '../../services/wafv2.ts';
import { described, only } from '../described.ts';
import { named } from '../ids.ts';
import { partsNamed, partsOf } from './api-ids.ts';

const arn = (ref: Ref) => {
  const [api, stage] = partsOf(ref.id);
  return apigateway.arn('RestApi', ref, `${api}/stages/${stage}`);
};
const gone = 'NotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<Stage> => {
  const [restApiId, stageName] = partsOf(id);
  const found = await reader.call('apigateway', 'getStage', { restApiId, stageName });
  return only(found.stageName === undefined ? [] : [found], gone);
};
const { about } = described({
  actions: ['apigateway:GET'],
  arn,
  describe,
  tagsOf: ({ tags = {} }) => tags,
});

/** Of its variables nothing is kept: people put passwords into them. */
const shown = ({ clientCertificateId, tracingEnabled, webAclArn }: Stage) => ({
  hasClientCertificate: Boolean(clientCertificateId),
  isTraced: tracingEnabled ?? false,
  hasWebAcl: Boolean(webAclArn),
});

/** Settings by `path/METHOD`, in which `*` is any; the path is written with `~1` for a slash. */
const settingsOf = ({
  methodSettings = {},
}: Stage): readonly (readonly [string, MethodSetting])[] =>
  Object.entries(methodSettings).toSorted(([a], [b]) => (a < b ? -1 : 1));

const loggingOf = (stage: Stage) => ({
  protocol: 'REST',
  levels: settingsOf(stage).map(([of, { loggingLevel = 'OFF' }]) => ({ of, level: loggingLevel })),
});

const cacheOf = (stage: Stage) => ({
  isOn: stage.cacheClusterEnabled ?? false,
  methods: settingsOf(stage).map(([of, { cachingEnabled, cacheDataEncrypted }]) => ({
    of,
    isCached: cachingEnabled ?? false,
    isEncrypted: cacheDataEncrypted ?? false,
  })),
});

/** The stage in the ARN by which a web ACL names it. */
const stageOfArn = (text: string): string | undefined => {
  const [, api, stage] =
    /:apigateway:[^:]*::\/restapis\/([^/]+)\/stages\/([^/]+)$/.exec(text) ?? [];
  return api === undefined ? undefined : `${api}/${stage}`;
};
const every = ['stage', 'logging', 'cache'] as const;

/** A stage of a REST API; its id is the API's and its own name: `a1b2c3/prod`. */
export const restStage = defineResourceType({
  type: 'AWS::ApiGateway::Stage',
  scope: 'regional',
  securityHubType: 'AwsApiGatewayStage',
  live: {
    gone: [gone],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: apigateway.eventSource,
        calls: {
          CreateStage: 'created',
          UpdateStage: every,
          DeleteStage: 'deleted',
        },
        idsIn: partsNamed({ api: 'restApiId', part: 'stageName' }),
      },
      {
        // It makes the stage that it names, where there is none; one that names none changes no stage.
        via: 'cloudtrail',
        source: apigateway.eventSource,
        calls: { CreateDeployment: every },
        idsIn: partsNamed({ api: 'restApiId', part: 'stageName', otherwise: 'none' }),
      },
      {
        // All of its stages go with it.
        via: 'cloudtrail',
        source: apigateway.eventSource,
        calls: { DeleteRestApi: every },
        idsIn: partsNamed({ api: 'restApiId' }),
      },
      {
        via: 'cloudtrail',
        source: wafv2.eventSource,
        calls: { AssociateWebACL: ['stage'], DisassociateWebACL: ['stage'] },
        idsIn: named({ request: ['resourceArn'], idOf: stageOfArn, otherwise: 'none' }),
      },
    ],
    list: {
      actions: ['apigateway:GET'],
      partOf: 'AWS::ApiGateway::RestApi',
      /** The stages of each of a page of APIs. */
      page: async (reader, token) => {
        const { items = [], position } = await reader.call('apigateway', 'getRestApis', {
          limit: 25,
          ...(token === undefined ? {} : { position: token }),
        });
        const stages = items.map(async ({ id: restApiId = '' }) => {
          const { item = [] } = await reader.call('apigateway', 'getStages', { restApiId });
          return item.map((one) => ({
            id: `${restApiId}/${one.stageName}`,
            facets: { stage: shown(one), logging: loggingOf(one), cache: cacheOf(one) },
          }));
        });
        return {
          resources: (await Promise.all(stages)).flat(),
          ...(position ? { next: position } : {}),
        };
      },
    },
  },
  arn,
  about,
  facets: {
    stage: {
      actions: ['apigateway:GET'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
    /** What of the calls of each method is written to CloudWatch Logs: `OFF`, `ERROR` or `INFO`. */
    logging: {
      actions: ['apigateway:GET'],
      read: async (reader, ref) => loggingOf(await describe(reader, ref)),
    },
    cache: {
      actions: ['apigateway:GET'],
      read: async (reader, ref) => cacheOf(await describe(reader, ref)),
    },
  },
});
