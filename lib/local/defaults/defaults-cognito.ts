import { randomUUID } from 'node:crypto';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';

/** Identity pools of Cognito, of which moto neither lists nor deletes any; they give nobody credentials. */
export const identityPools = (): Before => {
  const kept = new Map<string, Fields>();
  const roles = new Map<string, Fields>();
  const known = (call: DecodedCall, answer: (pool: Fields, id: string) => Fields) => {
    const id = String(call.input['IdentityPoolId']);
    const pool = kept.get(id);
    if (pool) return okAnswer(call, answer(pool, id));
    const message = `IdentityPool '${id}' not found.`;
    return errorAnswer(call, { code: 'ResourceNotFoundException', status: 400, message });
  };
  const put = (id: string, pool: Fields) => {
    kept.set(id, pool);
    return pool;
  };
  const answers: Readonly<Record<string, (call: DecodedCall) => ReturnType<typeof okAnswer>>> = {
    CreateIdentityPool: (call) => {
      const id = `${call.region}:${randomUUID()}`;
      return okAnswer(call, put(id, { ...call.input, IdentityPoolId: id }));
    },
    DescribeIdentityPool: (call) => known(call, (pool) => pool),
    // All of a pool is what is given.
    UpdateIdentityPool: (call) => known(call, (_, id) => put(id, { ...call.input })),
    // Roles that are not given are taken away.
    SetIdentityPoolRoles: (call) =>
      known(call, (_, id) => {
        roles.set(id, { Roles: call.input['Roles'], RoleMappings: call.input['RoleMappings'] });
        return {};
      }),
    GetIdentityPoolRoles: (call) =>
      known(call, (_, IdentityPoolId) => ({ IdentityPoolId, ...roles.get(IdentityPoolId) })),
    DeleteIdentityPool: (call) =>
      known(call, (_, id) => {
        kept.delete(id);
        roles.delete(id);
        return {};
      }),
    ListIdentityPools: (call) =>
      okAnswer(call, {
        IdentityPools: [...kept.values()].flatMap(({ IdentityPoolId, IdentityPoolName }) =>
          String(IdentityPoolId).startsWith(`${call.region}:`)
            ? [{ IdentityPoolId, IdentityPoolName }]
            : [],
        ),
      }),
  };
  return (call) =>
    call.service === 'cognitoidentity' ? answers[call.operation]?.(call) : undefined;
};
