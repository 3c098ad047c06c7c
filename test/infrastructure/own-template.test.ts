import { comparedTypes } from '../../lib/resources/account/own-stack.ts';
import { resourcesIn } from '../../lib/resources/account/own-template.ts';
import { synthesised } from './synthesised.ts';

const account = '123456789012';
const everything = `
operators: [arn:aws:iam::${account}:user/alice]
configRules: true
dashboard: true
hosts: true
securityHub: { actions: true }
remediation: { protectedRoles: [arn:aws:iam::${account}:role/admin] }
controls: { S3.8: { mode: remediate }, PL.SSH.1: { mode: remediate } }
`;

// A reference that is left as it stands differs from what is there: PL.BLIND.5 would fail in every account.
it.each([
  ['as it is by default', '{}'],
  ['with everything', everything],
])(
  'what is compared of our own template refers to nothing that is not resolved: %s',
  async (_, yaml) => {
    const { template } = await synthesised(yaml);
    const parts = Object.entries(
      template.toJSON()['Resources'] as Record<string, { Type: string }>,
    );
    const resources = resourcesIn(template.toJSON(), comparedTypes, {
      account,
      region: 'us-east-1',
      partition: 'aws',
      stackName: 'Plumbline',
      stackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/Plumbline/1',
      parameters: {},
      resources: new Map(parts.map(([id, { Type }]) => [id, { type: Type, physicalId: id }])),
      roleIds: new Map(parts.map(([id]) => [id, `AROA${id}`])),
    });
    expect(resources.length).toBeGreaterThan(20);
    expect(JSON.stringify(resources)).not.toMatch(/"(Ref|Fn::\w+)":/);
  },
);
