import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from '../run.ts';

const bucket = `
  Bucket:
    Type: AWS::S3::Bucket
    Condition: IsProd
    Properties:
      AccessControl: PublicRead
      OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}
      PublicAccessBlockConfiguration: {IgnorePublicAcls: false}
`;
const parameters = (env: string) =>
  `Parameters: {Env: {Type: String, ${env}}}\nConditions: {IsProd: !Equals [!Ref Env, prod]}\n`;
const dev = 'Default: dev';

describe('what is not made with the default of a parameter', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-defaults-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const put = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const checked = (path: string, ...more: readonly string[]) =>
    inProcess(['check', path, '--control', 'S3.2', ...more]);

  it('fails, and says why it is not made', async () => {
    const path = put('a.yaml', `${parameters(dev)}Resources:${bucket}`);
    const { stdout, code } = await checked(path);
    expect(code).toBe(1);
    expect(stdout).toContain('where IsProd holds, which it does not with default Env=dev');
  });
  it('is not evaluated where the value is given', async () => {
    const path = put(
      'a.yaml',
      `${parameters(dev)}Resources:\n  Queue: {Type: AWS::SQS::Queue}${bucket}`,
    );
    const given = put('given.json', JSON.stringify({ Parameters: { Env: 'dev' } }));
    expect((await checked(path, '--parameters', given, '--control', 'SQS.*')).code).toBe(0);
  });
  it.each([
    ['a default', dev],
    ['one of the allowed values', `${dev}, AllowedValues: [dev, prod]`],
  ])('fails where a parent gives %s', async (_, env) => {
    put('child.yaml', `${parameters('AllowedPattern: .*')}Resources:${bucket}`);
    const parent = `${parameters(env)}Resources:
  Nested:
    Type: AWS::CloudFormation::Stack
    Metadata: {aws:asset:path: child.yaml}
    Properties: {TemplateURL: child.yaml, Parameters: {Env: !Ref Env}}
`;
    const { code } = await checked(put('parent.yaml', parent));
    expect(code).toBe(1);
  });
});

/** What is open by a rule of a group where `IsOpen` holds. */
const chosen = (before: string, cidr = '!If [IsOpen, 0.0.0.0/0, 10.0.0.0/8]', condition = '') => `
${before}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Group:
    Type: AWS::EC2::SecurityGroup${condition}
    Properties:
      GroupDescription: a
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: ${cidr}}]
`;
const env = 'Parameters: {Env: {Type: String, Default: dev}, Open: {Type: String, Default: prod}}';
const isOpen = (condition: string) => `Conditions: {IsOpen: ${condition}}`;
const mapping = 'Mappings: {Cidrs: {dev: {own: 10.0.0.0/8}, prod: {own: 0.0.0.0/0}}}';
const manyAllowed = ['10.0.0.0/8', ...Array.from({ length: 8 }, (_, n) => `10.0.0.${n}/32`)];

describe('what another value than a default chooses', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-chosen-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const codeOf = async (text: string, ...more: readonly string[]) => {
    const path = join(folder, 'a.yaml');
    writeFileSync(path, text);
    return (await inProcess(['check', path, '--control', 'EC2.13,SQS.1', ...more])).code;
  };
  const rows: Readonly<Record<string, string>> = {
    'two parameters that are compared': chosen(
      `${env}\n${isOpen('!Equals [!Ref Env, !Ref Open]')}`,
    ),
    'a text that a parameter is put into': chosen(
      `${env}\n${isOpen(`!Equals [!Sub '\${Env}-1', prod-1]`)}`,
    ),
    'a text that a parameter is joined to': chosen(
      `${env}\n${isOpen("!Equals [!Join ['', [!Ref Env, x]], prodx]")}`,
    ),
    'a part of a parameter': chosen(
      `${env}\n${isOpen("!Equals [!Select [0, !Split ['-', !Ref Env]], prod]")}`,
    ),
    'a second key of a mapping': chosen(
      `${env}\nMappings: {Cidrs: {own: {dev: 10.0.0.0/8, prod: 0.0.0.0/0}}}`,
      '!FindInMap [Cidrs, own, !Ref Env]',
    ),
    'a key that a parameter is put into': chosen(
      `${env}\n${mapping}`,
      `!FindInMap [Cidrs, !Sub '\${Env}', own]`,
    ),
    'the name of a mapping': chosen(
      `${env}\nMappings: {dev: {a: {own: 10.0.0.0/8}}, prod: {a: {own: 0.0.0.0/0}}}`,
      '!FindInMap [!Ref Env, a, own]',
    ),
    'a mapping in a condition': chosen(
      `${env}\nMappings: {Is: {dev: {open: 'no'}, prod: {open: 'yes'}}}\n${isOpen("!Equals [!FindInMap [Is, !Ref Env, open], 'yes']")}`,
    ),
    'an element of a list': chosen(
      'Parameters: {At: {Type: Number, Default: 0}}',
      '!Select [!Ref At, [10.0.0.0/8, 0.0.0.0/0]]',
    ),
    'one of more than eight allowed values': chosen(
      `Parameters: {Cidr: {Type: String, Default: 10.0.0.0/8, AllowedValues: [${manyAllowed.join(', ')}, 0.0.0.0/0]}}`,
      '!Ref Cidr',
    ),
    'the region': chosen(isOpen("!Equals [!Ref 'AWS::Region', eu-west-1]")),
    'the region in a mapping': chosen(
      'Mappings: {Cidrs: {us-east-1: {own: 10.0.0.0/8}, eu-west-1: {own: 0.0.0.0/0}}}',
      "!FindInMap [Cidrs, !Ref 'AWS::Region', own]",
    ),
    'the account': chosen(isOpen("!Equals [!Ref 'AWS::AccountId', '444455556666']")),
    'the account in a text': chosen(
      isOpen(`!Equals [!Sub 'a-\${AWS::AccountId}', a-444455556666]`),
    ),
    'the partition': chosen(isOpen("!Equals [!Ref 'AWS::Partition', aws-us-gov]")),
    'the name of the stack': chosen(isOpen("!Equals [!Ref 'AWS::StackName', prod]")),
    'the id of the stack': chosen(
      isOpen("!Not [!Equals [!Select [2, !Split ['/', !Ref 'AWS::StackId']], '0']]"),
    ),
  };
  it.each(Object.entries(rows))('fails by %s', async (_, text) => {
    expect(await codeOf(text)).toBe(1);
  });
  it.each(["!Equals [!Ref 'AWS::AccountId', '444455556666']", '!Equals [!Ref Env, !Ref Open]'])(
    'fails what is made by %s alone',
    async (condition) => {
      const text = chosen(`${env}\n${isOpen(condition)}`, '0.0.0.0/0', '\n    Condition: IsOpen');
      expect(await codeOf(text)).toBe(1);
    },
  );
  it('tries no other region or account than those that are given', async () => {
    const given = ['--region', 'us-east-1', '--account', '111122223333'];
    for (const name of ['the region', 'the region in a mapping', 'the account', 'the partition'])
      expect(await codeOf(rows[name] ?? '', ...given)).toBe(0);
  });
  describe('looks up by one region', () => {
    const [one, other] = ["{own: 10.0.0.0/8, port: '22'}", "{own: 0.0.0.0/0, port: '443'}"];
    const regions = `us-east-1: ${one}, eu-west-1: ${other}`;
    const found = (map: string, key: string) => `!FindInMap [${map}, !Ref 'AWS::Region', ${key}]`;
    const opened = (before: string, cidr: string, port: string) =>
      chosen(before, cidr).replaceAll(/(From|To)Port: 22/g, `$1Port: ${port}`);
    const isEurope = "Conditions: {IsEurope: !Equals [!Ref 'AWS::Region', eu-west-1]}";
    const isAmerica = "Conditions: {IsAmerica: !Equals [!Ref 'AWS::Region', us-east-1]}";
    const rows: Readonly<Record<string, readonly [text: string, code: number]>> = {
      'in two mappings': [
        opened(
          `Mappings: {A: {${regions}}, B: {${regions}}}`,
          found('A', 'own'),
          found('B', 'port'),
        ),
        0,
      ],
      'that a condition asks for': [
        opened(
          `Mappings: {A: {${regions}}}\n${isEurope}`,
          found('A', 'own'),
          "!If [IsEurope, '443', '22']",
        ),
        0,
      ],
      'where a condition asks whether it is another one': [
        opened(
          `Mappings: {A: {${regions}}}\n${isAmerica}`,
          found('A', 'own'),
          "!If [IsAmerica, '22', '443']",
        ),
        0,
      ],
      'that is open': [
        opened(
          `Mappings: {A: {${regions}}, B: {${regions.replaceAll('443', '22')}}}`,
          found('A', 'own'),
          found('B', 'port'),
        ),
        1,
      ],
    };
    it.each(Object.entries(rows))('%s', async (_, [text, code]) => {
      expect(await codeOf(text, '--strict-unknown')).toBe(code);
    });
    it('of those of a mapping of fifteen, whatever AWS does by itself', async () => {
      const map = Array.from({ length: 14 }, (_, at) => `r${at}: {id: '${111122223300 + at}'}`);
      const statement = `{Effect: Allow, Principal: {AWS: ${found('Accounts', 'id')}}, Action: 's3:PutObject', Resource: !Sub '\${Logs.Arn}/*'}`;
      const text = `Mappings: {Accounts: {us-east-1: {id: '111122223399'}, ${map.join(', ')}}}
Resources:
  Logs: {Type: AWS::S3::Bucket}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Logs, PolicyDocument: {Statement: [${statement}]}}}
`;
      const path = join(folder, 'logs.yaml');
      writeFileSync(path, text);
      const { stdout } = await inProcess(['check', path, '--all', '--control', 'S3.2,S3.3']);
      expect(stdout).toContain('0 failed, 0 exempted, 0 unknown, 2 passed');
    });
  });
  it('tells two conditions apart that are alike for long', async () => {
    const long = 'x'.repeat(400);
    const either = (name: string) => `${name}: !Equals [!Sub '${long}$\{Env}', '${long}${name}']`;
    const conditions = `Conditions: {${either('A')}, ${either('B')}, IsOpen: !And [!Condition A, !Not [!Condition B]]}`;
    expect(await codeOf(chosen(`${env}\n${conditions}`))).toBe(1);
  });
  it('takes no minutes for keys that rest on where it is deployed', async () => {
    const keys = (name: string, value: (at: number) => string) =>
      `{${Array.from({ length: 200 }, (_, at) => `${name}${at}: ${value(at)}`).join(', ')}}`;
    const mapping = `Mappings: {Cidrs: ${keys('r', () => `${keys('k', () => '10.0.0.0/8')}`)}}`;
    const rules = Array.from({ length: 20 }, () => '*r').join(', ');
    const rule = `&r {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !FindInMap [Cidrs, !Sub '\${AWS::Region}', !Sub '\${AWS::StackName}']}`;
    const text = `${mapping}\nResources:\n  Queue: {Type: AWS::SQS::Queue}\n  Group:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: a, SecurityGroupIngress: [${rule}, ${rules}]}\n`;
    expect(await codeOf(text)).toBe(0);
  });
});
