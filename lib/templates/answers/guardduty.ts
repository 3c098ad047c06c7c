import { lazily, type Part, type Stand } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, ownValue } from './answer.ts';

const type = 'AWS::GuardDuty::Detector';
const filterType = 'AWS::GuardDuty::Filter';

const detector = (stack: Stack, id: unknown): Resource => {
  const found = stack.inRegion(type).find((one) => one.physicalId === id);
  if (!found) throw awsError('BadRequestException');
  return found;
};

/** The older way to say some of it. */
export const dataSources: Readonly<Record<string, readonly string[]>> = {
  S3_DATA_EVENTS: ['S3Logs', 'Enable'],
  EKS_AUDIT_LOGS: ['Kubernetes', 'AuditLogs', 'Enable'],
  EBS_MALWARE_PROTECTION: ['MalwareProtection', 'ScanEc2InstanceWithFindings', 'EbsVolumes'],
};
/** "any feature that is not specified in the API call gets enabled by default, with an exception to RUNTIME_MONITORING": CreateDetector. */
const onByDefault = [...Object.keys(dataSources), 'RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS'];

const features: Stand = [...onByDefault, 'RUNTIME_MONITORING'];
const nameOf = (one: Part): string => one.get('Name').text(features) ?? '';
/** What is said of a feature. */
export const featureOf = (found: Resource, name: string): Part | undefined =>
  found
    .get('Features')
    .texts()
    .find((one) => nameOf(one) === name);

const agents = ['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'];
const states = ['ENABLED', 'DISABLED'];
const agentOf = (one: Part) =>
  lazily({
    Name: () => one.get('Name').text(agents),
    Status: () => one.get('Status').text(states),
  });
const statusOf = (stack: Stack, found: Resource, name: string): string | undefined => {
  const flag = found.get('DataSources', ...(dataSources[name] ?? [name])).flag();
  if (flag !== undefined) return flag ? 'ENABLED' : 'DISABLED';
  if (!onByDefault.includes(name)) return 'DISABLED';
  const what = 'features of GuardDuty, which are on but for those of runtime monitoring';
  return ownValue(stack, what, 'ENABLED') ?? 'DISABLED';
};
const featuresOf = (stack: Stack, found: Resource) => {
  const said = found.get('Features').texts().map(nameOf);
  return [...new Set([...said, ...features])].map((name) => {
    const feature = featureOf(found, name);
    return feature
      ? saidOf(feature, name, () => statusOf(stack, found, name))
      : { Name: name, Status: statusOf(stack, found, name), AdditionalConfiguration: [] };
  });
};
const saidOf = (feature: Part, Name: string, otherwise: () => string | undefined) => ({
  Name,
  Status: feature.get('Status').text(states) ?? otherwise(),
  AdditionalConfiguration: feature.get('AdditionalConfiguration').texts().map(agentOf),
});
/** Those that are declared here of a detector that is elsewhere; of the older of two of one kind the newer decides. */
const ownFeatures = (found: Resource) =>
  found
    .listed('Features')
    .map((one) => [one, nameOf(one)] as const)
    .filter(([, name]) => features.includes(name))
    .map(([one, name]) => saidOf(one, name, () => 'DISABLED'));

const described: Answer = (stack, { DetectorId }) => {
  const found = detector(stack, DetectorId);
  // What another stack sets is nobody's question here: whether it is off GuardDuty.1 evaluates there.
  if (found.declared.isPart) return { Status: 'ENABLED', Features: ownFeatures(found) };
  return lazily({
    Status: () => (found.get('Enable').flag() ? 'ENABLED' : 'DISABLED'),
    Features: () => featuresOf(stack, found),
  });
};

const filters = (stack: Stack, id: unknown): readonly Resource[] =>
  stack.leadingTo([String(id)], 'DetectorId', filterType);

const limits = ['Lt', 'Lte', 'LessThan', 'LessThanOrEqual'];
const lists = ['Eq', 'Equals', 'Matches'];
/** What a field must be; a limit can be a date as well, of which nobody asks. */
const conditionOf = (part: Part) => {
  const set = (names: readonly string[], of: (part: Part) => unknown) =>
    names.flatMap((name) => {
      const one = part.get(name);
      return one.isSet ? [[name, () => of(one)] as const] : [];
    });
  return lazily(
    Object.fromEntries([
      ...set(limits, (one) => one.number()),
      ...set(lists, (one) => one.items().map((each) => each.text())),
    ]),
  );
};
const filter: Answer = (stack, { DetectorId, FilterName }) => {
  const found = filters(stack, DetectorId).find((one) => one.name === FilterName);
  if (!found) throw awsError('BadRequestException');
  const criterion = found.get('FindingCriteria', 'Criterion');
  return {
    Action: found.get('Action').among(['NOOP', 'ARCHIVE']),
    FindingCriteria: {
      Criterion: Object.fromEntries(
        criterion.names.map((field) => [field, conditionOf(criterion.get(field))]),
      ),
    },
  };
};

export const guarddutyAnswers: Answers = {
  listDetectors: (stack) => ({ DetectorIds: stack.inRegion(type).map((one) => one.physicalId) }),
  getDetector: described,
  // Who administers it is in no template.
  getAdministratorAccount: () => ({}),
  listFilters: (stack, { DetectorId }) => ({
    FilterNames: filters(stack, DetectorId).map(({ name }) => name),
  }),
  getFilter: filter,
};
