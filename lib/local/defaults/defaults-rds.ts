import { isRecord } from '../../support/untyped.ts';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import { askQuery, fieldsOf } from '../endpoint/ask.ts';
import type { Before, DecodedCall, Forward } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';
import { defaultParameters, isStatic } from './defaults-rds-families.ts';
import { isUnset, resetting } from './defaults-rds-reset.ts';

/** Where a group's parameters are described, by the operation: the name's member, and how to learn its family. */
const kinds = {
  DescribeDBParameters: {
    name: 'DBParameterGroupName',
    groups: 'DescribeDBParameterGroups',
    list: 'DBParameterGroups',
  },
  DescribeDBClusterParameters: {
    name: 'DBClusterParameterGroupName',
    groups: 'DescribeDBClusterParameterGroups',
    list: 'DBClusterParameterGroups',
  },
} as const;
type Kind = (typeof kinds)[keyof typeof kinds];
const isKind = (operation: string): operation is keyof typeof kinds =>
  Object.hasOwn(kinds, operation);

/**
 * A group has all parameters of its family, of which moto knows only those that were set, and none of the default
 * groups: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html
 */
export const parameterGroups: Before = (call, forward) => {
  if (call.service !== 'rds') return undefined;
  if (isKind(call.operation)) return describe(call, forward, kinds[call.operation]);
  if (!/^(Modify|Reset)DB(Cluster)?ParameterGroup$/.test(call.operation)) return undefined;
  return keepDefault(call) ?? resetting(call, forward);
};

const describe = async (call: DecodedCall, forward: Forward, kind: Kind) => {
  const group = String(call.input[kind.name]);
  const answer = await forward(call);
  const isDefault = group.startsWith('default.');
  if (answer.status >= 300 && !isDefault) return answer;
  const set = records((await fieldsOf(call, call.operation, answer))?.['Parameters']);
  const family = isDefault ? group.slice('default.'.length) : await familyOf(call, forward, kind);
  return okAnswer(call, { Parameters: overlaid(family, set).filter(isAskedFor(call.input)) });
};

const familyOf = async (call: DecodedCall, forward: Forward, kind: Kind) => {
  const name = String(call.input[kind.name]);
  const output = await askQuery(call, forward, kind.groups, { [kind.name]: name });
  return String(records(output?.[kind.list])[0]?.['DBParameterGroupFamily']);
};

const overlaid = (family: string, set: readonly Fields[]) => {
  const all = new Map<unknown, Fields>();
  for (const [ParameterName, ParameterValue] of Object.entries(defaultParameters(family)))
    all.set(ParameterName, {
      ...(isStatic(family, ParameterName) ? { ...dynamic, ApplyType: 'static' } : dynamic),
      ParameterName,
      ParameterValue,
      Source: 'engine-default',
    });
  for (const one of set.filter((one) => !isUnset(one)))
    all.set(one['ParameterName'], { ...all.get(one['ParameterName']), ...one, Source: 'user' });
  return [...all.values()];
};
const dynamic = { ApplyType: 'dynamic', IsModifiable: true };

const isAskedFor = (input: Fields) => {
  const source = input['Source'];
  const names = records(input['Filters']).find(({ Name }) => Name === 'parameter-name')?.['Values'];
  return (parameter: Fields) =>
    (source === undefined || parameter['Source'] === source) &&
    (!Array.isArray(names) || names.includes(parameter['ParameterName']));
};

const keepDefault = (call: DecodedCall) => {
  const name = String(
    call.input['DBParameterGroupName'] ?? call.input['DBClusterParameterGroupName'],
  );
  if (!name.startsWith('default.')) return undefined;
  return errorAnswer(call, {
    code: 'InvalidDBParameterGroupState',
    message: `Default DBParameterGroup cannot be modified: ${name}`,
    status: 400,
  });
};

const records = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
