import { iam } from '../../services/iam.ts';

const partition = 'arn:aws(?:-[a-z]+)*';
const example = iam.arn('role', { account: '123456789012', region: 'us-east-1' }, 'ops');
const operatorArn = new RegExp(
  `^${partition}:iam::\\d{12}:(?:role|user)/(?:[\\x21-\\x7e]{1,510}/)?[\\w+=,.@-]{1,64}$`,
);
const sessionArn = new RegExp(`^(${partition}):sts::(\\d{12}):assumed-role/([^/]+)/`);

/** What fits beside the rest into the policy of a queue, of which SQS takes 8,192 bytes. */
const mostOperators = 20;
const mostCharacters = 4000;
export const operatorsLimit = `at most ${mostOperators} operators, of ${mostCharacters} characters`;
export const areFew = (operators: readonly string[]): boolean =>
  operators.length <= mostOperators && operators.join('').length <= mostCharacters;

/** Whether a text names one role or one user, and nobody else. */
export const isOperatorArn = (text: string): boolean =>
  operatorArn.test(text) && !/[*?]/.test(text);

/** What is to be written in the place of a text that names no operator. */
export const operatorAdvice = (text: unknown): string => {
  const usual = `allowed: the ARN of a role or user, such as ${example}`;
  if (typeof text !== 'string') return usual;
  const [, iam, account, role] = sessionArn.exec(text) ?? [];
  if (role !== undefined)
    return `this is a session: name its role, ${iam}:iam::${account}:role/${role}`;
  if (/[*?]/.test(text)) return 'each operator is named alone: no * and no ?';
  if (/^arn:[^:]*:iam::\d{12}:root$/.test(text) || /^\d{12}$/.test(text))
    return 'an account is everybody in it: name a role or a user';
  return usual;
};
