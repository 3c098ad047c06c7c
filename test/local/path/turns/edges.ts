import type { Clients } from '../../../../lib/aws/clients.ts';
import { account, nameOf, type Turn } from './turn.ts';

const logGroupOf = (id: string) => `/aws/route53/${id}`;
/** A zone has one configuration at most. */
const logQueries = async (clients: Clients, HostedZoneId: string): Promise<unknown> =>
  (await clients('route53')).createQueryLoggingConfig({
    HostedZoneId,
    CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:${logGroupOf(HostedZoneId)}:*`,
  });
const zone: Turn = {
  control: 'Route53.2',
  type: 'AWS::Route53::HostedZone',
  make: async (clients) => {
    const Name = `${nameOf('turn')}.example`;
    const { HostedZone } = await (await clients('route53')).createHostedZone({
      ...{ Name, CallerReference: Name },
    });
    const [, , id = ''] = HostedZone?.Id?.split('/') ?? [];
    await (await clients('logs')).createLogGroup({ logGroupName: logGroupOf(id) });
    await logQueries(clients, id);
    return id;
  },
  wrong: async (clients, HostedZoneId) => {
    const route53 = await clients('route53');
    const { QueryLoggingConfigs = [] } = await route53.listQueryLoggingConfigs({ HostedZoneId });
    for (const { Id } of QueryLoggingConfigs) await route53.deleteQueryLoggingConfig({ Id });
  },
  right: logQueries,
};

/** Its queries go to a log group that somebody deletes, and makes again. */
const unheardZone: Turn = {
  ...zone,
  wrong: async (clients, id) =>
    (await clients('logs')).deleteLogGroup({ logGroupName: logGroupOf(id) }),
  right: async (clients, id) =>
    (await clients('logs')).createLogGroup({ logGroupName: logGroupOf(id) }),
};

export const edgeTurns: readonly Turn[] = [zone, unheardZone];
