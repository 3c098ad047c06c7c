import type { GroupInUse, ParameterFacts } from '../../../lib/resources/rds/db-group-in-use.ts';

const allowed = {
  'rds.force_ssl': '0,1',
  require_secure_transport: '0,1',
  password_encryption: 'md5,scram-sha-256',
};

/** A group of one available database, with what a person has set in it; its parameters take effect at once. */
export const ownGroup = (
  set: Readonly<Record<string, string>> = {},
  facts: Partial<ParameterFacts> = {},
): GroupInUse => ({
  name: 'own',
  arn: 'arn:aws:rds:us-east-1:123456789012:pg:own',
  status: 'available',
  pending: [],
  users: 1,
  parameters: Object.fromEntries(
    Object.entries(allowed).map(([name, values]) => [
      name,
      {
        source: name in set ? 'user' : 'engine-default',
        applyType: 'dynamic',
        allowed: values,
        isModifiable: true,
        ...facts,
      },
    ]),
  ),
});
