import { isRecord } from '../../support/untyped.ts';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import { askQuery } from '../endpoint/ask.ts';
import type { Answer, DecodedCall, Forward } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';

// moto keeps every parameter that was once set: one that was reset has this value, until it is set again.
const unset = 'reset by Plumbline';
export const isUnset = ({ ParameterValue }: Fields): boolean => ParameterValue === unset;

/** Gives parameters of a group AWS's values again; moto knows no such call. */
export const resetting = async (
  call: DecodedCall,
  forward: Forward,
): Promise<Answer | undefined> => {
  if (!call.operation.startsWith('Reset')) return undefined;
  const modify = call.operation.replace('Reset', 'Modify');
  const name = modify.includes('Cluster') ? 'DBClusterParameterGroupName' : 'DBParameterGroupName';
  const group = { [name]: String(call.input[name]) };
  const answer = await askQuery(call, forward, modify, {
    ...group,
    ...membersOf(await parametersOf(call, forward, group)),
  });
  if (answer) return okAnswer(call, answer);
  const message = `DBParameterGroup not found: ${group[name]}`;
  return errorAnswer(call, { code: 'DBParameterGroupNotFound', message, status: 404 });
};

const parametersOf = async (call: DecodedCall, forward: Forward, group: Record<string, string>) => {
  if (call.input['ResetAllParameters'] !== true) return records(call.input['Parameters']);
  const describe = call.operation.includes('Cluster')
    ? 'DescribeDBClusterParameters'
    : 'DescribeDBParameters';
  return records((await askQuery(call, forward, describe, group))?.['Parameters']);
};

const membersOf = (parameters: readonly Fields[]) =>
  Object.fromEntries(
    parameters.flatMap(({ ParameterName }, index) => [
      [`Parameters.Parameter.${index + 1}.ParameterName`, String(ParameterName)],
      [`Parameters.Parameter.${index + 1}.ParameterValue`, unset],
    ]),
  );

const records = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
