import { randomUUID } from 'node:crypto';
import { asRecord, list } from '../../support/untyped.ts';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';

/** "require_ssl … default true" of what is made since 2025; routing through the VPC is off. */
const begins: Fields = {
  publiclyAccessible: false,
  enhancedVpcRouting: false,
  configParameters: [{ parameterKey: 'require_ssl', parameterValue: 'true' }],
};
const changed = ['publiclyAccessible', 'enhancedVpcRouting', 'configParameters'] as const;

/** Parameters that are not named stay. */
const parametersOf = (before: unknown, asked: unknown): unknown => {
  const keyOf = (one: unknown) => asRecord(one)['parameterKey'];
  const named = list(asked).map(keyOf);
  return [...list(before).filter((one) => !named.includes(keyOf(one))), ...list(asked)];
};
const merged = (before: Fields, input: Fields): Fields => ({
  ...before,
  ...Object.fromEntries(
    changed.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])),
  ),
  configParameters: parametersOf(before['configParameters'], input['configParameters']),
});

/** Workgroups of Redshift Serverless, which moto does not have; they compute nothing. */
export const serverlessWorkgroups = (account: string): Before => {
  const kept = new Map<string, Fields>();
  const keyOf = ({ region, input }: DecodedCall) => `${region} ${input['workgroupName']}`;
  const create = (call: DecodedCall) => {
    const { workgroupName, namespaceName, tags = [] } = call.input;
    const id = randomUUID();
    const workgroupArn = `arn:aws:redshift-serverless:${call.region}:${account}:workgroup/${id}`;
    const workgroup = {
      ...{ workgroupName, namespaceName, workgroupId: id, workgroupArn, status: 'AVAILABLE' },
      ...merged(begins, call.input),
      tags,
    };
    kept.set(keyOf(call), workgroup);
    return okAnswer(call, { workgroup });
  };
  const known = (call: DecodedCall, answer: (workgroup: Fields) => Fields) => {
    const workgroup = kept.get(keyOf(call));
    if (workgroup) return okAnswer(call, answer(workgroup));
    const message = 'The specified workgroup was not found.';
    return errorAnswer(call, { code: 'ResourceNotFoundException', status: 400, message });
  };
  const answers: Readonly<Record<string, (call: DecodedCall) => ReturnType<typeof okAnswer>>> = {
    CreateWorkgroup: create,
    GetWorkgroup: (call) => known(call, (workgroup) => ({ workgroup })),
    UpdateWorkgroup: (call) =>
      known(call, (before) => {
        const workgroup = merged(before, call.input);
        kept.set(keyOf(call), workgroup);
        return { workgroup };
      }),
    DeleteWorkgroup: (call) =>
      known(call, (workgroup) => {
        kept.delete(keyOf(call));
        return { workgroup: { ...workgroup, status: 'DELETING' } };
      }),
    ListWorkgroups: (call) =>
      okAnswer(call, {
        workgroups: [...kept].flatMap(([key, one]) =>
          key.startsWith(`${call.region} `) ? [one] : [],
        ),
      }),
    ListTagsForResource: (call) => {
      const found = [...kept.values()].find(
        (one) => one['workgroupArn'] === call.input['resourceArn'],
      );
      return okAnswer(call, { tags: found?.['tags'] ?? [] });
    },
  };
  return (call) =>
    call.service === 'redshiftserverless' ? answers[call.operation]?.(call) : undefined;
};
