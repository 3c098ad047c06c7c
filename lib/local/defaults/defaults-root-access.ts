import { isRecord } from '../../support/untyped.ts';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall, Forward } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';

const features: Readonly<Record<string, string>> = {
  CredentialsManagement: 'RootCredentialsManagement',
  Sessions: 'RootSessions',
};

/**
 * How far root users of an organization are managed centrally, which moto does not have. Trusted access for IAM counts as given,
 * and the account that manages alone as allowed.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html
 */
export const rootAccess = (account: string): Before => {
  const enabled = new Set<string>();
  return async (call, forward) => {
    const [, what, named = ''] =
      /^(Enable|Disable|List)Organizations(?:Features|Root(\w+))$/.exec(call.operation) ?? [];
    if (call.service !== 'iam' || what === undefined) return undefined;
    const found = await organizationOf(call, forward);
    if (!found) return refused(call, 'OrganizationNotFoundException');
    if (found['MasterAccountId'] !== account)
      return refused(call, 'AccountNotManagementOrDelegatedAdministratorException');
    const feature = features[named];
    if (feature !== undefined && what === 'Enable') enabled.add(feature);
    if (feature !== undefined && what === 'Disable') enabled.delete(feature);
    return okAnswer(call, { OrganizationId: found['Id'], EnabledFeatures: [...enabled].sort() });
  };
};

/** Asks moto another service, by the scope of the caller's signature, which it goes by. */
const organizationOf = async (
  { headers }: DecodedCall,
  forward: Forward,
): Promise<Fields | undefined> => {
  const answer = await forward({
    method: 'POST',
    path: '/',
    headers: {
      host: headers['host'] ?? '127.0.0.1',
      authorization: (headers['authorization'] ?? '').replace('/iam/', '/organizations/'),
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSOrganizationsV20161128.DescribeOrganization',
    },
    body: Buffer.from('{}'),
  });
  if (answer.status >= 300) return undefined;
  const said: unknown = JSON.parse(answer.body.toString());
  const found = isRecord(said) ? said['Organization'] : undefined;
  return isRecord(found) ? found : undefined;
};

const refused = (call: DecodedCall, code: string) =>
  errorAnswer(call, { code, message: `${code}, by the organization of the caller`, status: 400 });
