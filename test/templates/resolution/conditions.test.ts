import { World } from '../../../lib/templates/resolution/world.ts';
import { longTest } from '../../extent.ts';
import { checkedIn, templateFrom, verdictOf } from '../checking.ts';

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
  const entries = (write: (name: string) => string, of = names) => `{${of.map(write).join(', ')}}`;
  const flags = (value: string, of = names) =>
    entries(
      (name) => `${name}: {Type: String, Default: ${value}, AllowedValues: ['yes', 'no']}`,
      of,
    );
  const nested = names.reduce((inner, name) => `!If [Is${name}, ${inner}, Enabled]`, 'Suspended');
  const conditionsOn = (of: readonly string[]) =>
    entries((name) => `Is${name}: !Equals [!Ref ${name}, 'yes']`, [...of]);
  const conditions = conditionsOn(names);

  it('are not those of what is for another group', async () => {
    const rules = names
      .map(
        (name) =>
          `Rule${name}: {Type: 'AWS::EC2::SecurityGroupIngress', Condition: Is${name}, Properties: {GroupId: !Ref Open, IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}}`,
      )
      .join('\n  ');
    const text = `
Parameters: ${flags("'no'")}
Conditions: ${conditions}
Resources:
  Closed: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a}}
  Open: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: b}}
  ${rules}
`;
    expect(await verdictOf(text, 'EC2.18', 'Closed')).toBe('PASS');
    expect(await verdictOf(text, 'EC2.18', 'Open')).toMatch(/^(?:FAIL|UNKNOWN)/);
  });

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
  it('are no PASS where only what is declared counts, and none of those was looked at', async () => {
    const policy = (of: string[], more: string) => {
      const statements = of.map(
        (name) =>
          `{Effect: Allow, Principal: {AWS: !If [Is${name}, '111111111111', '222222222222']}, Action: 's3:GetObject', Resource: !Sub '\${Bucket.Arn}/*'}`,
      );
      return `
Parameters: ${flags("'no'", of)}
Conditions: ${conditionsOn(of)}
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: [${[...statements, more].join(', ')}]}}}
`;
    };
    const open = "{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*'}";
    const shut =
      "{Effect: Allow, Principal: {AWS: '111111111111'}, Action: 's3:GetObject', Resource: '*'}";
    const verdictsOn = async (text: string) => [
      await verdictOf(text, 'S3.2', 'Bucket'),
      await verdictOf(text, 'S3.2', 'Bucket', { isExplicit: true }),
    ];
    const many = Array.from({ length: 100 }, (_, index) => `N${index}`);
    const cut = 'UNKNOWN it can turn out in more ways than are looked at';
    for (const verdict of await verdictsOn(policy(names, open))) expect(verdict).toMatch(/^FAIL/);
    expect(await verdictOf(policy(many, open), 'S3.2', 'Bucket')).toMatch(/^FAIL/);
    expect(await verdictOf(policy(many, shut), 'S3.2', 'Bucket', { isExplicit: true })).toBe(cut);
    // What differs in one thing is looked at first: that the bucket itself blocks nothing.
    expect(await verdictsOn(policy(names, shut))).toEqual([cut, 'FAIL']);
  });
  it('leave open what is made in one that is not looked at', async () => {
    const text = `
Parameters: ${flags("'no'")}
Conditions: {${names.map((name) => `Is${name}: !Equals [!Ref ${name}, 'yes']`).join(', ')}, All: !And [${names.map((name) => `!Condition Is${name}`).join(', ')}]}
Resources: {Bucket: {Type: AWS::S3::Bucket, Condition: All, Properties: {AccessControl: PublicRead}}}
`;
    expect(await verdictOf(text, 'S3.2', 'Bucket')).toMatch(/^(?:FAIL|UNKNOWN)/);
    // As it is given to a deployment it is known.
    const parameters = Object.fromEntries(names.map((name) => [name, 'yes']));
    expect(await verdictOf(text, 'S3.2', 'Bucket', { parameters })).toBe('FAIL');
  });
  it('are a FAIL where one of those that are looked at is', async () => {
    const template = versioned(flags("'yes'"), conditions, nested);
    expect(await verdictOf(template, 'S3.14', 'Bucket')).toMatch(/^FAIL/);
  });
});

describe('a condition that takes long to find out', () => {
  const open = '{Type: AWS::S3::Bucket, Condition: C0, Properties: {AccessControl: PublicRead}}';
  it.each([2, 19, 60])('is found out where each of %d names the next one twice', async (count) => {
    const named = Array.from(
      { length: count },
      (_, n) => `C${n}: !And [!Condition C${n + 1}, !Condition C${n + 1}]`,
    );
    const text = `
Parameters: {Env: {Type: String, Default: dev}}
Conditions: {${named.join(', ')}, C${count}: !Equals [!Ref Env, dev]}
Resources: {Bucket: ${open}}
`;
    const started = process.cpuUsage();
    expect(await verdictOf(text, 'S3.2', 'Bucket')).toBe('FAIL with Env=dev');
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
  });
  longTest('leaves open what is made by it where it is given up', async () => {
    const levels = Array.from(
      { length: 6 },
      (_, n) =>
        `&l${n + 1} {'Fn::Or': [${Array.from({ length: n === 5 ? 2 : 10 }, () => `*l${n}`).join()}]}`,
    );
    const text = `
Metadata: [&l0 {'Fn::Equals': [a, b]}, ${levels.join(', ')}]
Conditions: {C0: *l6}
Resources: {Bucket: ${open}}
`;
    expect(await verdictOf(text, 'S3.2', 'Bucket')).toBe(
      'UNKNOWN it depends on more references than are followed',
    );
  });
  it('is both where it leads back to itself', async () => {
    const text = `
Conditions: {C0: !Not [!Condition C1], C1: !Condition C0}
Resources: {Bucket: ${open}}
`;
    expect(await verdictOf(text, 'S3.2', 'Bucket')).toBe('FAIL');
  });
});

describe('a parameter with a default that its conditions tell apart', () => {
  const bucket = (parameter: string, condition: string, more: string, properties: string) => `
Parameters: {Env: {Type: String, ${parameter}}}
Conditions: {Chosen: ${condition}}
Mappings: {Acls: {dev: {Acl: Private}, prod: {Acl: PublicRead}}}
Resources:
  Bucket: {Type: 'AWS::S3::Bucket', ${more} Properties: {PublicAccessBlockConfiguration: {IgnorePublicAcls: false}, OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}, ${properties}}}
`;
  const dev = 'Default: dev';
  const isProd = '!Equals [!Ref Env, prod]';
  const open = 'AccessControl: PublicRead';
  it.each<[name: string, template: string, expected: string]>([
    [
      'what is made with none but another value',
      bucket(dev, isProd, 'Condition: Chosen,', open),
      'FAIL',
    ],
    [
      'what is made with any but the default',
      bucket("Default: ''", "!Not [!Equals [!Ref Env, '']]", 'Condition: Chosen,', open),
      'FAIL',
    ],
    [
      'what is open with another value',
      bucket(dev, isProd, '', 'AccessControl: !If [Chosen, PublicRead, Private]'),
      'FAIL when Env is prod',
    ],
    [
      'what is open with any but the default',
      bucket('Default: prod', isProd, '', 'AccessControl: !If [Chosen, Private, PublicRead]'),
      'FAIL when Env is not prod',
    ],
    [
      'what a mapping opens',
      bucket(dev, isProd, '', 'AccessControl: !FindInMap [Acls, !Ref Env, Acl]'),
      'FAIL when Env is prod',
    ],
    [
      'more allowed values than are tried',
      bucket(
        `${dev}, AllowedValues: [dev, a, b, c, d, e, f, g, h, prod]`,
        isProd,
        'Condition: Chosen,',
        open,
      ),
      'FAIL',
    ],
    [
      'what is shut with all of them',
      bucket(dev, isProd, 'Condition: Chosen,', 'AccessControl: Private'),
      'PASS',
    ],
    [
      'what is shut by both ways of a condition',
      bucket(dev, isProd, '', 'AccessControl: !If [Chosen, Private, LogDeliveryWrite]'),
      'PASS with Env=dev',
    ],
  ])('does not hide %s', async (_, template, expected) => {
    expect(await verdictOf(template, 'S3.2', 'Bucket')).toBe(expected);
  });
  it('is what it is given, and nothing else', async () => {
    const parameters = { Env: 'dev' };
    const apart = bucket(dev, isProd, 'Condition: Chosen,', open);
    const within = bucket(dev, isProd, '', 'AccessControl: !If [Chosen, PublicRead, Private]');
    expect(await verdictOf(apart, 'S3.2', 'Bucket', { parameters })).toBe('0 verdicts');
    expect(await verdictOf(within, 'S3.2', 'Bucket', { parameters })).toBe('PASS');
  });
  it('is taken where nothing is opened by another value', async () => {
    const template = bucket(
      dev,
      isProd,
      '',
      'VersioningConfiguration: {Status: !If [Chosen, Suspended, Enabled]}',
    );
    expect(await verdictOf(template, 'S3.14', 'Bucket')).toBe('PASS with Env=dev');
  });
  it('hides no policy that is made with another value', async () => {
    const template = `${bucket(dev, isProd, '', 'Tags: []').replace('IgnorePublicAcls', 'BlockPublicPolicy: false, RestrictPublicBuckets')}
  Policy: {Type: 'AWS::S3::BucketPolicy', Condition: Chosen, Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: !Sub '\${Bucket.Arn}/*'}]}}}
`;
    expect(await verdictOf(template, 'S3.2', 'Bucket')).toBe('FAIL when Env is prod');
  });
});

describe('more values beside a default than are looked at', () => {
  const group = (before: string, cidr: string) => `
${before}
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: a
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: ${cidr}}]
`;
  const cidrs = (count: number) =>
    Array.from({ length: count }, (_, at) => `10.0.${at}.0/24`).concat('0.0.0.0/0');
  const allowed = (count: number) =>
    group(
      `Parameters: {Cidr: {Type: String, Default: 10.0.0.0/24, AllowedValues: [${cidrs(count).join(', ')}]}}`,
      '!Ref Cidr',
    );
  const mapped = (count: number, key: string) =>
    group(
      `Parameters: {Env: {Type: String, Default: k0}}\nMappings: {Cidrs: {${cidrs(count)
        .map((cidr, at) => `k${at}: {own: ${cidr}}`)
        .join(', ')}}}`,
      `!FindInMap [Cidrs, ${key}, own]`,
    );
  const keys = ['!Ref Env', "!Sub '${Env}'"];
  const cut = 'UNKNOWN it can turn out in more ways than are looked at';

  it.each([
    ['allowed values', allowed(70)] as const,
    ...keys.map((key) => [`keys by ${key}`, mapped(70, key)] as const),
  ])('is none of 70 %s', async (_, text) => {
    expect(await verdictOf(text, 'EC2.13', 'Group')).toMatch(/^FAIL/);
  });
  it.each([
    ['allowed values', allowed(150)] as const,
    ...keys.map((key) => [`keys by ${key}`, mapped(150, key)] as const),
  ])('are no PASS for 150 %s', async (_, text) => {
    expect(await verdictOf(text, 'EC2.13', 'Group')).toContain(cut);
  });
  it('are seen as deep as functions are followed', async () => {
    let key = "!Sub '${Env}'";
    for (let depth = 0; depth < 33; depth += 1) key = `{'Fn::If': [Always, ${key}, none]}`;
    const always = 'Conditions: {Always: !Equals [a, a]}\n';
    expect(await verdictOf(always + mapped(3, key), 'EC2.13', 'Group')).toMatch(/^FAIL/);
  });
});

describe('a text of one variable alone', () => {
  const group = (rule: string) => `
Parameters: {Env: {Type: String, Default: dev}}
Conditions: {IsProd: !Equals [!Ref Env, prod], SaysProd: !Equals [!Sub '\${Env}', prod]}
Mappings:
  Cidrs: {dev: {own: 10.0.0.0/8}, prod: {own: 0.0.0.0/0}}
  Ports: {dev: {own: 22}, prod: {own: 80}}
  Sources: {eu-central-1: {own: 10.0.0.0/8}, us-east-1: {own: 0.0.0.0/0}}
  Doors: {eu-central-1: {own: 22}, us-east-1: {own: 80}}
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: a, SecurityGroupIngress: [{IpProtocol: tcp, ${rule}}]}
`;
  const port = (of: string) => `FromPort: ${of}, ToPort: ${of}`;
  const inMap = (map: string, key: string) => `!FindInMap [${map}, ${key}, own]`;
  const [ref, sub] = ['!Ref Env', "!Sub '${Env}'"];
  const [region, place] = ['!Ref AWS::Region', "!Sub '${AWS::Region}'"];
  it.each([
    ['two mappings', inMap('Cidrs', ref), inMap('Ports', sub)],
    ['the same the other way about', inMap('Cidrs', sub), inMap('Ports', ref)],
    ['a list of both', inMap('Cidrs', ref), inMap('Ports', "!Sub ['${Env}', {}]")],
    ['mappings of a region', inMap('Sources', region), inMap('Doors', place)],
    ['those of a region by the text alone', inMap('Sources', place), inMap('Doors', place)],
    ['a condition and a mapping', '!If [IsProd, 0.0.0.0/0, 10.0.0.0/8]', inMap('Ports', sub)],
    ['a condition that says it', '!If [SaysProd, 0.0.0.0/0, 10.0.0.0/8]', inMap('Ports', ref)],
    ['two conditions', '!If [SaysProd, 0.0.0.0/0, 10.0.0.0/8]', '!If [IsProd, 80, 22]'],
  ])('is what its variable is, for %s', async (_, cidr, door) => {
    const text = group(`CidrIp: ${cidr}, ${port(door)}`);
    expect(await verdictOf(text, 'EC2.13', 'Group')).toMatch(/^PASS/);
  });
  it.each([
    ['of its own', "!Sub ['${Env}', {Env: prod}]", 'FAIL with Env=dev'],
    ['of the parameter', sub, 'FAIL when Env is prod'],
  ])('hides no value %s', async (_, key, expected) => {
    const text = group(`CidrIp: ${inMap('Cidrs', key)}, ${port('22')}`);
    expect(await verdictOf(text, 'EC2.13', 'Group')).toBe(expected);
  });
});

describe('what is done for one template in other worlds', () => {
  const conditions = Array.from(
    { length: 30 },
    (_, at) => `C${at}: !Equals [!Sub '\${Env}${at}', x]`,
  );
  const rules = conditions.map(
    (_, at) =>
      `{IpProtocol: tcp, FromPort: ${at}, ToPort: ${at}, CidrIp: !If [C${at}, 10.1.0.0/16, 10.0.0.0/8]}`,
  );
  const group = `{Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a, SecurityGroupIngress: [${rules.join(', ')}]}}`;
  const open = '{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}';
  const last = `{Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a, SecurityGroupIngress: [${open}]}}`;
  const spentOn = async (count: number, work = { done: 0 }) => {
    const groups = Array.from({ length: count }, (_, at) => `G${at}: ${group}`);
    const text = `
Parameters: {Env: {Type: String, Default: dev}}
Conditions: {${conditions.join(', ')}}
Resources: {${groups.join(', ')}, Last: ${last}}
`;
    const checked = await checkedIn(
      await templateFrom(text),
      false,
      undefined,
      new World(undefined, work),
    );
    return {
      done: work.done,
      statuses: checked.map(({ control, declared, verdict }) =>
        [control.id, declared.logicalId, verdict.status].join(' '),
      ),
    };
  };
  it('grows with the template until it is spent; then nothing else is tried, and nothing passes by it', async () => {
    const one = await spentOn(1);
    const spent = { done: 1e12 };
    const none = await spentOn(1, spent);
    expect(one.done).toBeGreaterThan(100_000);
    expect(none.done - 1e12).toBeLessThan(one.done / 10);
    expect(none.statuses).toContain('EC2.13 G0 UNKNOWN');
    expect(none.statuses).toContain('EC2.13 Last FAIL');
  });
  it('is bounded however much is declared', async () => {
    const work = { done: 38_500_000 };
    const { done } = await spentOn(12, work);
    const more = await spentOn(24, { done: 38_500_000 });
    expect(done).toBeGreaterThan(40_000_000);
    expect(more.done - done).toBeLessThan(3_000_000);
  });
});
