import { Unresolved } from '../../model/unresolved.ts';
import { asRecord, list } from '../../support/untyped.ts';
import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { accountKeys, settingHere } from './account.ts';
import {
  type Answer,
  type Answers,
  awsError,
  isElsewhere,
  named,
  policyThatHolds,
} from './answer.ts';
import { policyText, statementText } from './policy-text.ts';

/** A policy that is declared apart, in some of them by a plan of Terraform alone, with the property that names what it is of. */
const apart = {
  'AWS::ApiGateway::RestApi': ['Plumbline::ApiGateway::RestApiPolicy', 'RestApiId'],
  'AWS::S3::AccessPoint': ['Plumbline::S3::AccessPointPolicy', 'AccessPointArn'],
  'AWS::S3::MultiRegionAccessPoint': ['AWS::S3::MultiRegionAccessPointPolicy', 'MrapName'],
} as const;
/** It has no property for it, not even where nothing is known of what else it has. */
const alwaysApart: ReadonlySet<string> = new Set(['AWS::S3::MultiRegionAccessPoint']);
const isApart = (type: string): type is keyof typeof apart => Object.hasOwn(apart, type);

interface Said {
  /** The resource that says it. */
  readonly by: Resource;
  readonly part: Part;
}
/** Where the policy of a resource is declared; `undefined` where it is not. */
export const policyPart = (stack: Stack, owner: Resource, property: string): Said | undefined => {
  const { type } = owner.declared;
  const own = owner.get(property);
  if (own.isSet && !alwaysApart.has(type)) return { by: owner, part: own };
  if (!isApart(type)) return undefined;
  const [apartType, naming] = apart[type];
  const all = stack.leadingTo([owner.physicalId, owner.arn, owner.name], naming, apartType);
  const by = policyThatHolds(stack, owner, all);
  return by && { by, part: by.get('Policy') };
};

const textOf = (stack: Stack, owner: Resource, part: Part): string =>
  policyText(part, { ...stack.template.deployment, arn: owner.arn });

/** The vaults of an account and region, which share their names. */
export const vaultTypes = [
  'AWS::Backup::BackupVault',
  'AWS::Backup::LogicallyAirGappedBackupVault',
] as const;
const vault: Answer = (stack, { BackupVaultName }) => {
  const found = named(stack, vaultTypes, BackupVaultName, 'VaultNotFound');
  const said = policyPart(stack, found, 'AccessPolicy');
  if (!said) throw awsError('ResourceNotFoundException');
  return { Policy: textOf(stack, found, said.part) };
};

const catalog: Answer = (stack) => {
  const found = settingHere(stack, accountKeys.catalog);
  if (!found) throw awsError('EntityNotFoundException');
  return { PolicyInJson: textOf(stack, found, found.get('Policy')) };
};

const accessPoint: Answer = (stack, { Name }) => {
  const found = named(stack, 'AWS::S3::AccessPoint', Name, 'NoSuchAccessPoint');
  const said = policyPart(stack, found, 'Policy');
  if (!said) throw awsError('NoSuchAccessPointPolicy');
  return { Policy: textOf(stack, found, said.part) };
};

const multiRegionAccessPoint: Answer = (stack, { Name }) => {
  const type = 'AWS::S3::MultiRegionAccessPoint';
  const found = named(stack, type, Name, 'NoSuchMultiRegionAccessPoint');
  const said = policyPart(stack, found, 'Policy');
  if (!said) throw awsError('NoSuchMultiRegionAccessPointPolicy');
  return { Policy: { Established: { Policy: textOf(stack, found, said.part) } } };
};

/** What a definition in the template says beside its paths; of one in a file or a bucket nothing is known. */
const inDefinition = (api: Resource): Part | undefined => {
  if (api.get('BodyS3Location').isSet)
    throw new Unresolved('the policy, which the definition of the API can hold');
  const policy = api.get('Body').get('x-amazon-apigateway-policy');
  return policy.isSet ? policy : undefined;
};

const kinds = ['EDGE', 'PRIVATE', 'REGIONAL'];
/** Types that are set as an endpoint, or as a parameter of the import. */
const endpointTypes = (api: Resource): readonly (string | undefined)[] => {
  const imported = api.get('Parameters', 'endpointConfigurationTypes');
  return imported.isSet
    ? [imported.among(kinds, ['PRIVATE', 'REGIONAL'])]
    : api
        .get('EndpointConfiguration', 'Types')
        .items()
        .map((one) => one.among(kinds, ['PRIVATE', 'REGIONAL']));
};

const restApi: Answer = (stack, { restApiId }) => {
  const found = stack.find(['AWS::ApiGateway::RestApi'], (one) => one.physicalId === restApiId);
  if (!found) throw awsError('NotFoundException');
  return lazily({
    endpointConfiguration: () => ({ types: endpointTypes(found) }),
    policy: () => {
      const part = policyPart(stack, found, 'Policy')?.part ?? inDefinition(found);
      return part && textOf(stack, found, part);
    },
  });
};

export const defaultBus = 'default';
/** What adds a statement to the policy of a bus; one that names none is of the default one. */
export const busStatements = (stack: Stack, bus: Resource): readonly Resource[] => {
  const names = [bus.physicalId, bus.arn, bus.name];
  const all = stack.leadingTo(names, 'EventBusName', busStatementType);
  return bus.name === defaultBus
    ? [...all, ...stack.all(busStatementType).filter((one) => !one.get('EventBusName').isSet)]
    : all;
};
const busStatementType = 'AWS::Events::EventBusPolicy';

const statementOf = (stack: Stack, bus: Resource, one: Resource): unknown => {
  const owner = { ...stack.template.deployment, arn: bus.arn };
  const whole = one.get('Statement');
  if (whole.isSet) return JSON.parse(statementText(whole, owner));
  const { account, partition } = owner;
  const principal = one.get('Principal').text(['*', account, '999999999999']);
  const condition = one.get('Condition');
  const [type, key] = [condition.get('Type').text(), condition.get('Key').text()];
  return {
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:${partition}:iam::${principal}:root` },
    Action: one.get('Action').text() ?? 'events:PutEvents',
    Resource: bus.arn,
    ...(type !== undefined && key !== undefined
      ? { Condition: { [type]: { [key]: condition.get('Value').text(['*', 'o-0000000000']) } } }
      : {}),
  };
};

export const ownStatements = (stack: Stack, bus: Resource): readonly unknown[] => {
  // Of a bus elsewhere that has no policy here, some statements are known, and not which others there are.
  const said = isElsewhere(bus, 'Policy') ? undefined : policyPart(stack, bus, 'Policy');
  return said ? list(asRecord(JSON.parse(textOf(stack, bus, said.part)))['Statement']) : [];
};

/** The statements of a bus: those of its own policy, and those that are added. */
const eventBus: Answer = (stack, { Name }) => {
  const found = stack.find(['AWS::Events::EventBus'], (one) => one.name === Name);
  if (!found) throw awsError('ResourceNotFoundException');
  const own = ownStatements(stack, found);
  const added = busStatements(stack, found).map((one) => statementOf(stack, found, one));
  const Statement = [...own, ...added];
  return Statement.length === 0
    ? {}
    : { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) };
};

export const backupAnswers: Answers = { getBackupVaultAccessPolicy: vault };
export const glueAnswers: Answers = { getResourcePolicy: catalog };
export const eventbridgeAnswers: Answers = { describeEventBus: eventBus };
export const restApiAnswers: Answers = { getRestApi: restApi };
export const accessPointPolicyAnswers: Answers = {
  getAccessPointPolicy: accessPoint,
  getMultiRegionAccessPointPolicy: multiRegionAccessPoint,
};
