import { resourceTypes } from '../../resources/every.ts';
import { idIn } from '../../services/service.ts';
import { isRecord } from '../../support/untyped.ts';
import type { DecodedCall } from '../endpoint/call.ts';
import { serviceOf } from '../endpoint/services.ts';

/** A resource as the call that changed it names it. */
export interface Subject {
  readonly type: string;
  readonly id: string;
}
type Fields = Readonly<Record<string, unknown>>;

// A user's item shows neither keys nor passwords nor devices, so their changes make none.
const unseen = /AccessKey|LoginProfile|Password|MFADevice|SSHPublicKey|Certificate|Credential/;

/** The resources of recorded types that these fields name; those that AWS owns are not recorded. */
const subjectsIn = (fields: Fields, { service }: DecodedCall): readonly Subject[] =>
  Object.entries(serviceOf(service).kinds).flatMap(([kind, { type = '', named = [] }]) => {
    const recorded = resourceTypes.find((each) => each.type === type)?.configurationItem;
    const name = named.map((member) => fields[member]).find((value) => typeof value === 'string');
    if (recorded === undefined || typeof name !== 'string' || name.includes(':aws:policy/'))
      return [];
    if (recorded === 'ARN' || !name.startsWith('arn:')) return [{ type, id: name }];
    const id = idIn(serviceOf(service), kind, name);
    return id === undefined ? [] : [{ type, id }];
  });

/** The recorded resources that a call changes; what it creates is named by its answer. */
export const subjectsOf = (call: DecodedCall, output: unknown): readonly Subject[] => {
  if (call.service === 'iam' && unseen.test(call.operation)) return [];
  const answer = isRecord(output) ? output : {};
  const subjects = subjectsIn({ ...topFields(answer), ...call.input }, call);
  const below = Object.values(answer).filter(isRecord);
  return subjects.length > 0 ? subjects : below.flatMap((fields) => subjectsIn(fields, call));
};

/** `{GroupId}` of a created group; `{Policy: {Arn}}` of a created policy. */
const topFields = (output: Fields): Fields => {
  const policy = output['Policy'];
  return isRecord(policy) ? { ...output, PolicyArn: policy['Arn'] } : output;
};
