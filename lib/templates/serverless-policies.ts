import { asRecord, isRecord, list, said, text } from '../support/untyped.ts';
import { isNoValue } from './conditional-items.ts';
import { open } from './resolution/hole.ts';
import { implicit } from './serverless-permissions.ts';
import type { Template } from './template.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a `ResourcePolicy` lists, and where it counts. */
export interface Listed {
  readonly asked: unknown;
  readonly resource: string;
}

/** What events of functions ask of the policy of their API, each for its path. */
export const listedFor = (api: string, template: Template): readonly Listed[] =>
  [...template.declarations.values()]
    .filter(({ type }) => type === 'AWS::Serverless::Function')
    .flatMap(({ properties }) => Object.values(asRecord(asRecord(properties)['Events'])))
    .flatMap((event) => {
      const { Type, Properties } = asRecord(event);
      const { RestApiId = { Ref: implicit['Api']?.id }, Path, Auth } = asRecord(Properties);
      const named = text(RestApiId) ?? asRecord(RestApiId)['Ref'];
      const asked = asRecord(Auth)['ResourcePolicy'];
      return Type === 'Api' && named === api && asked !== undefined
        ? [{ asked, resource: `execute-api:/*/*${said(Path ?? '/').replace(/(?<=.)\/$/, '')}` }]
        : [];
    });

const names: ReadonlySet<string> = new Set([
  ...['AwsAccountWhitelist', 'AwsAccountBlacklist', 'IpRangeWhitelist', 'IpRangeBlacklist'],
  ...['SourceVpcWhitelist', 'SourceVpcBlacklist', 'IntrinsicVpcWhitelist', 'IntrinsicVpcBlacklist'],
  ...['IntrinsicVpceWhitelist', 'IntrinsicVpceBlacklist', 'CustomStatements'],
]);

/** SAM takes networks only as a list. */
const isListed = ([name, listed]: readonly [string, unknown]): boolean =>
  names.has(name) && (Array.isArray(listed) || !name.includes('Vpc'));

const invoked = (Effect: 'Allow' | 'Deny', Principal: unknown, Resource: string): Fields => ({
  Effect,
  Principal,
  Action: 'execute-api:Invoke',
  Resource,
});
/** Everybody may, and whom the condition is about may not. */
const allBut = (operator: string, keys: Fields, resource: string): readonly Fields[] => {
  const asked = Object.entries(keys).filter(([, values]) => list(values).length > 0);
  return asked.length === 0
    ? []
    : [
        invoked('Allow', '*', resource),
        {
          ...invoked('Deny', '*', resource),
          Condition: { [operator]: Object.fromEntries(asked) },
        },
      ];
};
const networks = (asked: Fields, color: 'Whitelist' | 'Blacklist'): Fields => {
  const written = list(asked[`SourceVpc${color}`]);
  const startingWith = (start: string) => written.filter((one) => said(one).startsWith(start));
  return {
    'aws:SourceVpc': [...startingWith('vpc-'), ...list(asked[`IntrinsicVpc${color}`])],
    'aws:SourceVpce': [...startingWith('vpce-'), ...list(asked[`IntrinsicVpce${color}`])],
  };
};
const several = (value: unknown): readonly unknown[] => [value ?? []].flat();

/**
 * The statements that SAM makes of lists; those of a definition are before them.
 * https://github.com/aws/serverless-application-model/blob/develop/samtranslator/swagger/swagger.py
 */
const statementsOf = (asked: Fields, resource: string): readonly unknown[] => {
  const byAccount = (Effect: 'Allow' | 'Deny', listed: unknown) =>
    several(listed).length === 0 ? [] : [invoked(Effect, { AWS: several(listed) }, resource)];
  const byRange = (operator: string, listed: unknown) =>
    allBut(operator, { 'aws:SourceIp': several(listed) }, resource);
  return [
    ...byAccount('Allow', asked['AwsAccountWhitelist']),
    ...byAccount('Deny', asked['AwsAccountBlacklist']),
    ...byRange('NotIpAddress', asked['IpRangeWhitelist']),
    ...byRange('IpAddress', asked['IpRangeBlacklist']),
    ...allBut('StringEquals', networks(asked, 'Blacklist'), resource),
    ...allBut('StringNotEquals', networks(asked, 'Whitelist'), resource),
    ...several(asked['CustomStatements']),
  ];
};

/** The policy of an API, which its `ResourcePolicy`, those of its events and its definition make. */
export const apiPolicyOf = (
  asked: unknown,
  id: string,
  { DefinitionBody }: Fields,
  routes: readonly Listed[],
): unknown => {
  const all: readonly Listed[] = [
    ...(asked === undefined || isNoValue(asked) ? [] : [{ asked, resource: 'execute-api:/*' }]),
    ...routes,
  ];
  if (all.length === 0) return undefined;
  const isKnown = all.every(
    (one) => isRecord(one.asked) && Object.entries(one.asked).every(isListed),
  );
  if (!isKnown)
    return open(`${id}.ResourcePolicy`, `the policy that SAM makes of the ResourcePolicy of ${id}`);
  const { Statement } = asRecord(asRecord(DefinitionBody)['x-amazon-apigateway-policy']);
  const made = all.flatMap((one) => statementsOf(asRecord(one.asked), one.resource));
  return { Version: '2012-10-17', Statement: [...several(Statement), ...made] };
};
