import type { Effects } from './effects.ts';

type Statements = readonly Readonly<Record<string, unknown>>[];
const statementsIn = (policy: unknown): Statements =>
  typeof policy === 'object'
    ? statementsIn(Object(policy).read)
    : typeof policy === 'string'
      ? JSON.parse(policy).Statement
      : [];
// A policy of which the last statement is removed is gone.
const withStatements = (snapshot: Readonly<Record<string, unknown>>, Statement: Statements) => {
  const written =
    Statement.length === 0
      ? undefined
      : JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement });
  const before = snapshot['policy'];
  const policy = typeof before === 'object' ? { ...before, read: written } : written;
  return { ...snapshot, policy };
};

// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html, and the policy that GetPolicy shows after it
const conditions = {
  SourceAccount: ['StringEquals', 'AWS:SourceAccount'],
  SourceArn: ['ArnLike', 'AWS:SourceArn'],
  PrincipalOrgID: ['StringEquals', 'aws:PrincipalOrgID'],
  FunctionUrlAuthType: ['StringEquals', 'lambda:FunctionUrlAuthType'],
  EventSourceToken: ['StringEquals', 'lambda:EventSourceToken'],
  InvokedViaFunctionUrl: ['Bool', 'lambda:InvokedViaFunctionUrl'],
} as const;

const conditionOf = (input: Readonly<Record<string, unknown>>) => {
  const asked: Record<string, Record<string, string>> = {};
  for (const [member, [operator, key]] of Object.entries(conditions))
    if (input[member] !== undefined)
      asked[operator] = { ...asked[operator], [key]: String(input[member]) };
  return Object.keys(asked).length === 0 ? {} : { Condition: asked };
};

export const lambda: Effects = {
  addPermission: (snapshot, input) => {
    const before = statementsIn(snapshot['policy']);
    if (before.some(({ Sid }) => Sid === input['StatementId']))
      throw new Error('ResourceConflictException');
    const principal = String(input['Principal']);
    const added = {
      Sid: input['StatementId'],
      Effect: 'Allow',
      Principal: principal.endsWith('.amazonaws.com') ? { Service: principal } : principal,
      Action: input['Action'],
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:example',
      ...conditionOf(input),
    };
    return withStatements(snapshot, [...before, added]);
  },
  removePermission: (snapshot, { StatementId }) => {
    const before = statementsIn(snapshot['policy']);
    const left = before.filter(({ Sid }) => Sid !== StatementId);
    if (left.length === before.length) throw new Error('ResourceNotFoundException');
    return withStatements(snapshot, left);
  },
  updateFunctionUrlConfig: (snapshot, { AuthType }) => ({
    ...snapshot,
    url: [{ alias: undefined, authType: AuthType }],
  }),
};
