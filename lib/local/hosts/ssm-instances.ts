import type { DescribeInstanceInformationRequest, InstanceInformation } from '@aws-sdk/client-ssm';
import { Refusal } from '../security-hub/refusal.ts';
import { informationOf, type Nodes } from './fleet.ts';
import { pageOf } from './ssm-page.ts';

const filterable: Readonly<Record<string, (node: InstanceInformation) => string | undefined>> = {
  AgentVersion: ({ AgentVersion }) => AgentVersion,
  InstanceIds: ({ InstanceId }) => InstanceId,
  PingStatus: ({ PingStatus }) => PingStatus,
  PlatformTypes: ({ PlatformType }) => PlatformType,
  ResourceType: ({ ResourceType }) => ResourceType,
};

/** DescribeInstanceInformation. */
export const describeInstances = (fleet: Nodes, request: DescribeInstanceInformationRequest) => {
  const { Filters = [], InstanceInformationFilterList = [], MaxResults = 50, NextToken } = request;
  const wanted = [
    ...Filters.map(({ Key, Values }) => ({ key: Key, values: Values })),
    ...InstanceInformationFilterList.map(({ key, valueSet }) => ({ key, values: valueSet })),
  ];
  const found = fleet
    .all()
    .map(informationOf)
    .filter((node) => wanted.every(({ key = '', values = [] }) => fits(node, key, values)));
  const { items, next } = pageOf(found, MaxResults, 50, NextToken);
  return { InstanceInformationList: items, ...next };
};

const fits = (node: InstanceInformation, key: string, values: readonly string[]) => {
  const value = filterable[key];
  if (!value)
    throw new Refusal('InvalidFilterKey', 400, `the local Systems Manager knows no filter ${key}`);
  return values.includes(value(node) ?? '');
};
