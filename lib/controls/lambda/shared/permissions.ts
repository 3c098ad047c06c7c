import { boundOf } from '../../../analysis/policies/policy-bounds.ts';
import type { Statement } from '../../../analysis/policies/policy-document.ts';
import { elementOf, type Written } from '../../../analysis/policies/policy-editing.ts';
import { everyActionOf, openStatements } from '../../../analysis/policies/public-statements.ts';
import { type Call, call, type Input } from '../../../model/control.ts';
import { isRecord } from '../../../support/untyped.ts';

type Permission = Input<'lambda', 'addPermission'>;

const isOfS3 = ({ effect, principals }: Statement): boolean =>
  effect === 'Allow' &&
  principals?.not === false &&
  principals.list.some(({ kind, id }) => kind === 'Service' && id === 's3.amazonaws.com');

/** The ARN of a bucket holds no account: whoever makes one of that name once it is gone could invoke the function. */
const isHeldToAccount = ({ conditions }: Statement, account: string): boolean =>
  conditions.some((one) => {
    const owners = boundOf(one, account);
    return owners !== undefined && !owners.includes('unknown');
  });

/** The statements that let in anybody, and S3 whoever's bucket it acts for. */
export const openPermissions = (statements: readonly Statement[], account: string) => ({
  toAnybody: openStatements(statements, everyActionOf('lambda')),
  toAnyBucket: statements.filter((one) => isOfS3(one) && !isHeldToAccount(one, account)),
});

/** By operator and key, in lower case, what a condition of a permission was asked for as. */
const members: Readonly<Record<string, keyof Permission>> = {
  'stringequals aws:sourceaccount': 'SourceAccount',
  'arnlike aws:sourcearn': 'SourceArn',
  'stringequals aws:principalorgid': 'PrincipalOrgID',
  'stringequals lambda:functionurlauthtype': 'FunctionUrlAuthType',
  'stringequals lambda:eventsourcetoken': 'EventSourceToken',
  'bool lambda:invokedviafunctionurl': 'InvokedViaFunctionUrl',
};

type Asked = readonly (readonly [member: string, value: string | boolean])[];

const askedFor = (written: Written, { conditions }: Statement): Asked | undefined => {
  const known = Object.keys(written).every((name) =>
    ['sid', 'effect', 'principal', 'action', 'resource', 'condition'].includes(name.toLowerCase()),
  );
  const asked = conditions.map(({ operator, set, ifExists, key, values }) => {
    const member = set || ifExists ? undefined : members[`${operator} ${key}`];
    const [value, ...others] = values;
    return member !== undefined && value !== undefined && others.length === 0
      ? ([member, operator === 'bool' ? value === 'true' : value] as const)
      : undefined;
  });
  const all = asked.filter((one) => one !== undefined);
  return known && all.length === asked.length ? all : undefined;
};

const oneOf = (texts: readonly string[]): string | undefined =>
  texts.length === 1 ? texts[0] : undefined;

/** The call that gives a permission as it is written; `undefined` where no such call would write it so. */
export const givingBack = (
  FunctionName: string,
  written: Written,
  statement: Statement,
): Call | undefined => {
  const action = statement.actions.not ? undefined : oneOf(statement.actions.patterns);
  const principal =
    statement.principals?.not === false
      ? oneOf(statement.principals.list.map(({ id }) => id))
      : undefined;
  const asked = askedFor(written, statement);
  if (!(statement.sid && action && principal && asked)) return undefined;
  return call('lambda', 'addPermission', {
    FunctionName,
    StatementId: statement.sid,
    Action: action,
    Principal: principal,
    ...Object.fromEntries(asked),
  });
};

/** The version or the alias that a permission is of: in the ARN it follows the name of the function, `function:orders:live`. */
export const qualifierIn = (written: Written): string | undefined => {
  const resource = elementOf(written, 'resource');
  return typeof resource === 'string' ? resource.split(':')[7] : undefined;
};

export const takingAway = (
  FunctionName: string,
  written: Written,
  { sid: StatementId }: Statement,
): Call | undefined => {
  const Qualifier = qualifierIn(written);
  return StatementId === undefined
    ? undefined
    : call('lambda', 'removePermission', {
        FunctionName,
        StatementId,
        ...(Qualifier === undefined ? {} : { Qualifier }),
      });
};

/** Whether a permission is what visitors of a URL without authentication need. */
export const isForVisitors = (written: Written): boolean => {
  const condition = elementOf(written, 'condition');
  return (
    isRecord(condition) &&
    /"lambda:(FunctionUrlAuthType":"NONE|InvokedViaFunctionUrl":)/i.test(JSON.stringify(condition))
  );
};
