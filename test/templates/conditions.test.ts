import { verdictOf } from './checking.ts';

const versioned = (parameters: string, conditions: string, status: string) => `
Parameters: ${parameters}
Conditions: ${conditions}
Resources:
  Bucket: {Type: 'AWS::S3::Bucket', Properties: {VersioningConfiguration: {Status: ${status}}}}
`;
const open = (name: string) => `the parameter ${name}, which has no default`;

describe('a condition that compares two references', () => {
  it.each<[name: string, parameters: string, condition: string, expected: string]>([
    [
      'an open one with a known one',
      '{A: {Type: String}}',
      '[!Ref A, !Ref AWS::Region]',
      `UNKNOWN it depends on ${open('A')}`,
    ],
    [
      'two open ones',
      '{A: {Type: String}, B: {Type: String}}',
      '[!Ref A, !Ref B]',
      `UNKNOWN it depends on ${open('A')} and ${open('B')}`,
    ],
    ['one with itself', '{A: {Type: String}}', '[!Ref A, !Ref A]', 'FAIL'],
  ])('looks at both ways of %s', async (_, parameters, condition, expected) => {
    const template = versioned(
      parameters,
      `{Same: !Equals ${condition}}`,
      '!If [Same, Suspended, Enabled]',
    );
    expect(await verdictOf(template, 'S3.14', 'Bucket')).toBe(expected);
  });
});

describe('more worlds than are looked at', () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
  const entries = (write: (name: string) => string) => `{${names.map(write).join(', ')}}`;
  const flags = (value: string) =>
    entries((name) => `${name}: {Type: String, Default: ${value}, AllowedValues: ['yes', 'no']}`);
  const nested = names.reduce((inner, name) => `!If [Is${name}, ${inner}, Enabled]`, 'Suspended');
  const conditions = entries((name) => `Is${name}: !Equals [!Ref ${name}, 'yes']`);

  it('are no PASS', async () => {
    const rules = names
      .map(
        (name) =>
          `{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: !If [Is${name}, 10.0.0.0/8, 10.1.0.0/16]}`,
      )
      .join(', ');
    const group = `
Parameters: ${flags("'no'")}
Conditions: ${conditions}
Resources:
  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, SecurityGroupIngress: [${rules}]}}
`;
    expect(await verdictOf(group, 'EC2.19', 'Group')).toBe(
      'UNKNOWN it can turn out in more ways than are looked at',
    );
  });
  it('are a FAIL where one of those that are looked at is', async () => {
    const template = versioned(flags("'yes'"), conditions, nested);
    expect(await verdictOf(template, 'S3.14', 'Bucket')).toMatch(/^FAIL/);
  });
});
