import type { IdsIn, Reader } from '../../model/resource-type.ts';
import { ssm } from '../../services/ssm.ts';
import { isOmitted } from '../../support/omitted.ts';
import { asRecord, text } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';
import { textsAt } from '../ids.ts';
import { here } from './here.ts';
import { switchType } from './own-names.ts';
import { noStack, outputOf } from './own-stack.ts';
import { letGoKey, switchWord, type Write } from './switch-word.ts';
import { homeWide } from './wide.ts';

/** The SSM parameter that stops all remediation, whatever is written to it. */
export const switchName = '/plumbline/remediation';
/** The switch's parameter; `undefined` where it is gone. */
const parameterOf = async (reader: Reader) => {
  // GetParameter would refuse a name that is not there.
  const asked = { Names: [switchName] };
  const { Parameters: [found] = [] } = await reader.call('ssm', 'getParameters', asked);
  if (!found) return undefined;
  const { Value: value = '', Version: version, LastModifiedDate } = found;
  return { value, version, at: LastModifiedDate?.toISOString() };
};

/** The write that an operator's latest word is about. Its seal is read by the function that acts, and by no other. */
const askedFor = async (reader: Reader, TableName: string): Promise<Write | undefined> => {
  const { pk, sk } = letGoKey(switchWord);
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const asked = { TableName, Key, ConsistentRead: true };
  const { Item } = await reader.call('dynamodb', 'getItem', asked);
  const { parameter } = asRecord(decode(Item?.['body']?.S ?? ''));
  const { version, at } = asRecord(parameter);
  return typeof version === 'number' ? { version, at: text(at) } : undefined;
};

/** The switch of our stack, and which write of it an operator has asked for; `undefined` where nothing is remediated. */
const readSwitch = async (reader: Reader) => {
  const table = await outputOf(reader, 'LedgerTable');
  if (table === undefined) return undefined;
  const [parameter, wanted] = await Promise.all([parameterOf(reader), askedFor(reader, table)]);
  return { parameter, wanted };
};

/** The region, where the call names the switch: most parameters are not ours. */
const hereIfSwitch: IdsIn = (detail, account) => {
  const names = ['name', 'names'].flatMap((name) => textsAt(detail, 'requestParameters', name));
  const isSwitch = names.some((name) => name.replace(/^arn:.*:parameter/, '') === switchName);
  return isSwitch || isOmitted(detail) ? here(detail, account) : [];
};

/** The kill switch of our own remediation. */
export const killSwitch = homeWide({
  type: switchType,
  announcements: [
    {
      via: 'cloudtrail',
      source: ssm.eventSource,
      calls: {
        PutParameter: ['switch'],
        DeleteParameter: ['switch'],
        DeleteParameters: ['switch'],
      },
      idsIn: hereIfSwitch,
    },
  ],
  facets: {
    switch: {
      actions: ['cloudformation:DescribeStacks', 'dynamodb:GetItem', 'ssm:GetParameters'],
      absent: noStack,
      read: readSwitch,
    },
  },
});
