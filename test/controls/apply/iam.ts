import type { Effects } from './effects.ts';

type Facts = Readonly<Record<string, unknown>>;
type Effect = Effects[string];

const listOf = (value: unknown): readonly Facts[] => (Array.isArray(value) ? value : []);

/** Sets the status of one key, in each facet that shows keys. */
const updateAccessKey: Effect = (snapshot, { AccessKeyId, Status }) => {
  const updated = (facet: string) => {
    const keys = listOf(snapshot[facet]).map((key) =>
      key['id'] === AccessKeyId ? { ...key, isActive: Status === 'Active' } : key,
    );
    return facet in snapshot ? { [facet]: keys } : {};
  };
  return { ...snapshot, ...updated('accessKeys'), ...updated('accessKeyUse') };
};

// "If you don't specify a value": each is then its default, whatever it was before.
const defaults = {
  MinimumPasswordLength: 6,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: false,
};
const updateAccountPasswordPolicy: Effect = (snapshot, input) => {
  for (const name of ['MaxPasswordAge', 'PasswordReusePrevention'])
    if (name in input && !(Number(input[name]) >= 1)) throw new Error(`ValidationError: ${name}`);
  if ('ExpirePasswords' in input) throw new Error('ExpirePasswords is no input');
  const ExpirePasswords = input['MaxPasswordAge'] !== undefined;
  return { ...snapshot, passwordPolicy: { ...defaults, ...input, ExpirePasswords } };
};

const detach: Effect = (snapshot, { PolicyArn }) => ({
  ...snapshot,
  attachedPolicies: listOf(snapshot['attachedPolicies']).filter(({ arn }) => arn !== PolicyArn),
});
const attach: Effect = (snapshot, { PolicyArn }) => ({
  ...snapshot,
  attachedPolicies: [
    ...listOf(snapshot['attachedPolicies']),
    { name: String(PolicyArn).split('/').at(-1), arn: PolicyArn },
  ],
});

export const iam: Effects = {
  updateAccessKey,
  updateAccountPasswordPolicy,
  deleteAccountPasswordPolicy: (snapshot) => ({ ...snapshot, passwordPolicy: undefined }),
  detachUserPolicy: detach,
  detachGroupPolicy: detach,
  detachRolePolicy: detach,
  attachUserPolicy: attach,
  attachGroupPolicy: attach,
  attachRolePolicy: attach,
  updateAssumeRolePolicy: (snapshot, { PolicyDocument }) => ({
    ...snapshot,
    trustPolicy: encodeURIComponent(String(PolicyDocument)),
  }),
};

export const accessanalyzer: Effects = {
  createAnalyzer: (snapshot, { analyzerName: name, type }) => ({
    ...snapshot,
    accessAnalyzers: [...listOf(snapshot['accessAnalyzers']), { name, type, status: 'ACTIVE' }],
  }),
  deleteAnalyzer: (snapshot, { analyzerName }) => ({
    ...snapshot,
    accessAnalyzers: listOf(snapshot['accessAnalyzers']).filter(
      ({ name }) => name !== analyzerName,
    ),
  }),
};
