import type {
  ComplianceItem,
  ComplianceItemEntry,
  ComplianceStatus,
  ListComplianceItemsRequest,
  ListResourceComplianceSummariesRequest,
  PutComplianceItemsRequest,
} from '@aws-sdk/client-ssm';
import type { EventBus } from '../events/event-bus.ts';
import { Refusal } from '../security-hub/refusal.ts';
import type { Nodes } from './fleet.ts';
import { pageOf } from './ssm-page.ts';

/** The items of a node, by their type: `Custom:Plumbline`. */
export type ComplianceItems = Map<string, Map<string, readonly ComplianceItem[]>>;

const refused = (code: string, message: string) => new Refusal(code, 400, message);

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutComplianceItems.html
const mostItems = 10_000;
const typePattern = /^([A-Za-z0-9_-]\w+|Custom:[a-zA-Z0-9_-]\w+)$/;
const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNSPECIFIED'];

/** PutComplianceItems: writes all items of a type anew. */
export const putItems = (
  items: ComplianceItems,
  fleet: Nodes,
  request: Partial<PutComplianceItemsRequest>,
) => {
  const { ResourceId = '', ResourceType, ComplianceType = '', Items = [] } = request;
  if (ResourceType !== 'ManagedInstance')
    throw refused('InvalidResourceType', 'The resource type is not valid.');
  if (!fleet.get(ResourceId)) throw refused('InvalidResourceId', 'The resource ID is not valid.');
  if (!typePattern.test(ComplianceType))
    throw refused('ValidationException', `ComplianceType must match ${typePattern.source}`);
  if (Items.length > mostItems)
    throw refused('ValidationException', `Items has ${Items.length} members, at most ${mostItems}`);
  if (!request.ExecutionSummary?.ExecutionTime)
    throw refused('ValidationException', 'ExecutionSummary.ExecutionTime is required');
  for (const item of Items) check(item);
  const ofNode = items.get(ResourceId) ?? new Map<string, readonly ComplianceItem[]>();
  items.set(ResourceId, ofNode);
  const shared = {
    ComplianceType,
    ResourceType,
    ResourceId,
    ExecutionSummary: request.ExecutionSummary,
  };
  ofNode.set(
    ComplianceType,
    Items.map((item) => ({ ...shared, ...item })),
  );
  return {};
};

const check = ({ Id = '', Title = '', Severity, Status }: ComplianceItemEntry) => {
  if (!severities.includes(`${Severity}`) || !['COMPLIANT', 'NON_COMPLIANT'].includes(`${Status}`))
    throw refused('ValidationException', `item ${Id} has severity ${Severity}, status ${Status}`);
  if (Id.length > 100 || Title.length > 500)
    throw refused(
      'ValidationException',
      `item ${Id}: an id has at most 100 characters, a title 500`,
    );
};

type Filters = ListComplianceItemsRequest['Filters'];

/** ListComplianceItems, of the resources that are asked for. */
export const listItems = (
  items: ComplianceItems,
  { ResourceIds = [], Filters, MaxResults = 50, NextToken }: ListComplianceItemsRequest,
) => {
  const found = ResourceIds.flatMap((id) => [...(items.get(id)?.values() ?? [])].flat());
  const fitting = found.filter((item) => fits(item, Filters));
  const page = pageOf(fitting, MaxResults, 50, NextToken);
  return { ComplianceItems: page.items, ...page.next };
};

const fits = (item: Partial<ComplianceItem>, filters: Filters = []) =>
  filters.every(({ Key, Values = [], Type = 'EQUAL' }) => {
    const known: Readonly<Record<string, string | undefined>> = {
      ComplianceType: item.ComplianceType,
      Id: item.Id,
      Severity: item.Severity,
      Status: item.Status,
      Title: item.Title,
    };
    const value = known[Key ?? ''];
    if (value === undefined || !['EQUAL', 'NOT_EQUAL', 'BEGIN_WITH'].includes(Type))
      throw refused('InvalidFilter', `the local Systems Manager knows no filter ${Key} ${Type}`);
    if (Type === 'BEGIN_WITH') return Values.some((start) => value.startsWith(start));
    return Values.includes(value) === (Type === 'EQUAL');
  });

const isOff = ({ Status }: ComplianceItem) => Status === 'NON_COMPLIANT';
const statusOf = (items: readonly ComplianceItem[]): ComplianceStatus =>
  items.some(isOff) ? 'NON_COMPLIANT' : 'COMPLIANT';

/** ListResourceComplianceSummaries: one for each type of a node. */
export const summaries = (
  items: ComplianceItems,
  { Filters, MaxResults = 50, NextToken }: ListResourceComplianceSummariesRequest,
) => {
  const all = [...items].flatMap(([ResourceId, ofNode]) =>
    [...ofNode].flatMap(([ComplianceType, found]) =>
      found.length === 0
        ? []
        : {
            ...{ ComplianceType, ResourceId, ResourceType: 'ManagedInstance' },
            Status: statusOf(found),
            ExecutionSummary: found[0]?.ExecutionSummary,
            CompliantSummary: { CompliantCount: found.filter((one) => !isOff(one)).length },
            NonCompliantSummary: { NonCompliantCount: found.filter(isOff).length },
          },
    ),
  );
  const fitting = all.filter((one) => fits(one, Filters));
  const page = pageOf(fitting, MaxResults, 50, NextToken);
  return { ResourceComplianceSummaryItems: page.items, ...page.next };
};

interface Told {
  readonly account: string;
  readonly region: string;
  readonly bus: EventBus;
}
/**
 * Systems Manager's own event of what it reports by itself.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
 */
export const tellCompliance = async (
  items: ComplianceItems,
  { ResourceId = '', ComplianceType = '' }: Partial<PutComplianceItemsRequest>,
  { account, region, bus }: Told,
) => {
  if (!['Patch', 'Association'].includes(ComplianceType)) return;
  const found = items.get(ResourceId)?.get(ComplianceType) ?? [];
  await bus.emit(region, {
    Source: 'aws.ssm',
    DetailType: 'Configuration Compliance State Change',
    Time: Math.floor(Date.now() / 1000),
    Resources: [`arn:aws:ssm:${region}:${account}:managed-instance/${ResourceId}`],
    Detail: JSON.stringify({
      'last-runtime': new Date().toISOString(),
      'compliance-status': statusOf(found).toLowerCase(),
      'resource-type': 'managed-instance',
      'resource-id': ResourceId,
      'compliance-type': ComplianceType,
    }),
  });
};
