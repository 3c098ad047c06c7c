import type { CreateDomainRequest, LogType } from '@aws-sdk/client-opensearch';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { remade, type Setting, turnOf } from './setting.ts';
import { account, region, type Turn } from './turn.ts';

const domain = {
  type: 'AWS::OpenSearchService::Domain',
  create: async (
    clients: Clients,
    DomainName: string,
    differing: Partial<CreateDomainRequest> = {},
  ) => {
    await (await clients('opensearch')).createDomain({
      ...{ DomainName, EngineVersion: 'OpenSearch_2.19' },
      ...differing,
    });
    return DomainName;
  },
  remove: async (clients: Clients, DomainName: string) =>
    (await clients('opensearch')).deleteDomain({ DomainName }),
};

const logging = (control: string, kind: LogType): Setting => ({
  ...{ control, type: domain.type, create: domain.create },
  set: async (clients, DomainName, Enabled) =>
    (await clients('opensearch')).updateDomainConfig({
      DomainName,
      LogPublishingOptions: {
        [kind]: {
          CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${account}:log-group:${DomainName}:*`,
          Enabled,
        },
      },
    }),
});

export const searchTurns: readonly Turn[] = [
  turnOf(logging('Opensearch.4', 'ES_APPLICATION_LOGS')),
  turnOf(logging('Opensearch.5', 'AUDIT_LOGS')),
  remade(
    domain,
    'Opensearch.1',
    { EncryptionAtRestOptions: { Enabled: true } },
    { EncryptionAtRestOptions: { Enabled: false } },
  ),
  remade(
    domain,
    'Opensearch.3',
    { NodeToNodeEncryptionOptions: { Enabled: true } },
    { NodeToNodeEncryptionOptions: { Enabled: false } },
  ),
];
