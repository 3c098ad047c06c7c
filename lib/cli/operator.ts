import { attempted } from '../aws/errors.ts';
import { type OperatorRequest, whyOutOfScope } from '../engine/baseline/operators.ts';
import { UserError } from '../support/user-error.ts';
import { type Deployed, type DeployedOptions, deployed } from './deployed.ts';

/** A stack that remediates, as somebody works with it who may ask it to change something. */
export interface Operated extends Deployed {
  /** ARN of the role or user who asks. */
  readonly operator: string;
}

/** What a caller is: a user by its ARN, a session by the name of its role, which no other role of the account has. */
const calledBy = (caller: string) => {
  const [, partition = '', account = '', session, role] =
    /^arn:([^:]+):(?:iam|sts)::(\d{12}):(assumed-role)?(?:\/([^/]+)\/.*)?/s.exec(caller) ?? [];
  return session === undefined ? undefined : { partition, account, role: role ?? '' };
};

/** The operator that a caller is, as the queue's policy knows it. */
const operatorAmong = (operators: readonly string[], caller: string): string | undefined => {
  const session = calledBy(caller);
  if (!session) return operators.find((arn) => arn === caller);
  const { partition, account, role } = session;
  const before = `arn:${partition}:iam::${account}:role/`;
  return operators.find((arn) => arn.startsWith(before) && arn.split('/').at(-1) === role);
};

/** What is known of who asks, and of the stack that is asked. */
type Asking = Pick<Deployed, 'caller' | 'clients' | 'baseline' | 'stack' | 'operators'>;

/** What would be written for a caller; `undefined` of one who is no role and no user. */
const ownArn = async ({ caller, clients }: Asking): Promise<string | undefined> => {
  const session = calledBy(caller);
  if (!session) return caller.includes(':user/') ? caller : undefined;
  // A session does not say the path of its role.
  const read = await attempted(async () =>
    (await clients('iam')).getRole({ RoleName: session.role }),
  );
  const arn = 'value' in read ? read.value.Role?.Arn : undefined;
  return arn ?? `arn:${session.partition}:iam::${session.account}:role/${session.role}`;
};

const refusal = async (plumbline: Asking, what: string): Promise<string> => {
  const { caller, baseline, stack } = plumbline;
  const arn = await ownArn(plumbline);
  if (arn === undefined)
    return `${caller} is no role and no user, and can be no operator: only operators ${what}`;
  if (operatorAmong(baseline.operators, caller) !== undefined)
    return `the baseline names ${arn} as operator, and the stack ${stack.name} does not know it yet: deploy it again`;
  return [
    `only operators ${what}, and ${arn} is none. Write this into the baseline, and deploy it:`,
    'operators:',
    ...[...baseline.operators, arn].map((one) => `  - ${one}`),
  ].join('\n');
};

/** The operator who the caller is; refuses who is none. */
export const operatorOf = async (plumbline: Asking, what: string): Promise<string> => {
  const operator = operatorAmong(plumbline.operators, plumbline.caller);
  if (operator === undefined) throw new UserError(await refusal(plumbline, what));
  return operator;
};

/** Refuses what the operator may not ask for, which the queue's reader would drop. */
export const checkScope = (
  { operator, baseline }: Pick<Operated, 'operator' | 'baseline'>,
  ask: OperatorRequest | 'other',
  account: string,
): void => {
  const why = whyOutOfScope(operator, { ask, account }, baseline);
  if (why !== undefined) throw new UserError(why);
};

/** As `deployed`, for whoever asks for what changes something; refuses who is no operator before anything is asked. */
export const deployedToOperator = async (
  options: DeployedOptions,
  named?: string,
): Promise<Operated> => {
  const plumbline = await deployed(options, named);
  return { ...plumbline, operator: await operatorOf(plumbline, 'change something') };
};
