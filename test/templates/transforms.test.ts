import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusedParts } from '../../lib/templates/check/refused.ts';
import { templateOf } from '../../lib/templates/cloudformation.ts';
import { readDocument } from '../../lib/templates/document/read-document.ts';
import { inProcess } from '../cli/run.ts';
import { templateFrom, verdictOf } from './checking.ts';

const serverless = `
Parameters: {Kind: {Type: String, Default: open, AllowedValues: [open, shut]}}
Conditions: {IsOpen: !Equals [!Ref Kind, open]}
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: nodejs22.x, Policies: [AdministratorAccess]}}
Resources:
  Wide:
    Type: AWS::Serverless::Function
    Properties:
      Policies: [{Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}]
  Own:
    Type: AWS::Serverless::Function
    Properties: {Role: 'arn:aws:iam::111122223333:role/own'}
  Closed:
    Type: AWS::Serverless::Function
    Properties: {Role: !If [IsOpen, !Ref 'AWS::NoValue', 'arn:aws:iam::111122223333:role/own']}
  Opened:
    Type: AWS::Serverless::Function
    Properties: {Role: !If [IsOpen, 'arn:aws:iam::111122223333:role/own', !Ref 'AWS::NoValue']}
  Neither:
    Type: AWS::Serverless::Function
    Properties: {Role: !If [IsOpen, !Ref 'AWS::NoValue', !Ref 'AWS::NoValue']}
  Either:
    Type: AWS::Serverless::Function
    Properties: {Role: !If [IsOpen, 'arn:aws:iam::111122223333:role/own', 'arn:aws:iam::111122223333:role/other']}
  Chosen:
    Type: AWS::Serverless::StateMachine
    Properties: {Role: !If [IsOpen, !Ref 'AWS::NoValue', 'arn:aws:iam::111122223333:role/own']}
  Perhaps:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - !If [IsOpen, {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}, AWSLambdaRole]
  Listed:
    Type: AWS::Serverless::Function
    Properties:
      Policies: !If [IsOpen, [AWSLambdaRole], [AWSLambdaRole, {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}]]
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties: {Policies: AWSLambdaRole}
`;
const loops = `
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'a,b'}
Resources:
  Fn::ForEach::Buckets:
    - Name
    - !Ref Names
    - Bucket\${Name}:
        Type: AWS::S3::Bucket
        Properties:
          VersioningConfiguration: {Status: Enabled}
          BucketName: !Ref Name
`;

describe('transforms', () => {
  it.each([
    ['a policy of all functions', 'PL.IAM.5', 'WideRole', 'FAIL'],
    ['a policy of one', 'PL.IAM.3', 'WideRole', 'FAIL'],
    ['a policy of one on a condition', 'PL.IAM.3', 'PerhapsRole', 'FAIL when Kind is open'],
    ['a list on a condition', 'PL.IAM.3', 'ListedRole', 'FAIL when Kind is shut'],
    ['a role of its own', 'PL.IAM.3', 'OwnRole', '0 verdicts'],
    ['a role of its own that a condition takes away', 'PL.IAM.5', 'ClosedRole', 'FAIL'],
    ['a role of its own that a condition gives', 'PL.IAM.5', 'OpenedRole', 'FAIL'],
    ['a role of its own that is none', 'PL.IAM.5', 'NeitherRole', 'FAIL'],
    ['one of two roles', 'PL.IAM.5', 'EitherRole', '0 verdicts'],
    ['a state machine with a condition', 'PL.IAM.5', 'ChosenRole', '0 verdicts'],
    ['a state machine, whose role is narrow', 'PL.IAM.5', 'MachineRole', 'PASS'],
  ])('SAM makes a role of %s', async (_, control, logicalId, expected) => {
    expect(await verdictOf(serverless, control, logicalId)).toBe(expected);
  });
  const withGlobals = (globals: string, attributes: string, properties: string) => `
Transform: AWS::Serverless-2016-10-31
Parameters: {Open: {Type: String}}
Conditions: {IsOpen: !Equals [!Ref Open, a]}
Globals: {Function: ${globals}}
Resources:
  It:
    Type: AWS::Serverless::Function${attributes}
    Properties: {Handler: a.b, Runtime: nodejs22.x, InlineCode: a, ${properties}}
`;
  const given =
    "{Role: 'arn:aws:iam::111122223333:role/a', FunctionUrlConfig: {AuthType: AWS_IAM}}";
  it.each([
    [
      'a role of all functions',
      given,
      '',
      'Policies: AdministratorAccess',
      'PL.IAM.5',
      '0 verdicts',
    ],
    [
      'a role that one ignores',
      given,
      '\n    IgnoreGlobals: [Role]',
      'Policies: AdministratorAccess',
      'PL.IAM.5',
      'FAIL',
    ],
    [
      'everything ignored',
      given,
      "\n    IgnoreGlobals: '*'",
      'Policies: AdministratorAccess',
      'PL.IAM.5',
      'FAIL',
    ],
    [
      'another global ignored',
      given,
      '\n    IgnoreGlobals: [Timeout]',
      'Policies: AdministratorAccess',
      'PL.IAM.5',
      '0 verdicts',
    ],
    [
      'a function in the place of a map of all',
      '{FunctionUrlConfig: {AuthType: NONE}}',
      '',
      "FunctionUrlConfig: !Ref 'AWS::NoValue'",
      'PL.LAMBDA.1',
      'NOT_APPLICABLE',
    ],
  ])(
    'SAM takes of its globals %s',
    async (_, globals, attributes, properties, control, expected) => {
      const logicalId = control === 'PL.IAM.5' ? 'ItRole' : 'It';
      const text = withGlobals(globals, attributes, properties);
      expect(await verdictOf(text, control, logicalId)).toBe(expected);
    },
  );
  it.each([
    ['an image', '{ImageUri: a}', ['SAM takes ImageUri only with PackageType: Image']],
    [
      'its settings',
      '{ImageConfig: {}, PackageType: Zip}',
      ['SAM takes ImageConfig only with PackageType: Image'],
    ],
    ['an image that is said to be one', '{ImageUri: a, PackageType: Image}', []],
    ['one that a parameter says to be one', '{ImageUri: a, PackageType: !Ref Kind}', []],
  ])('a function of a zip with %s is refused', async (_, properties, whys) => {
    const text = `Transform: AWS::Serverless-2016-10-31\nParameters: {Kind: {Type: String}}\nResources:\n  It: {Type: AWS::Serverless::Function, Properties: ${properties}}\n`;
    const refused = await refusedParts(await templateFrom(text));
    expect(refused.map(({ why }) => why)).toEqual(whys);
  });
  it('what has the name of what SAM makes is refused', async () => {
    const text = (name: string) =>
      `${withGlobals('{}', '', 'Policies: AdministratorAccess')}  ${name}: {Type: AWS::SNS::Topic}\n`;
    const refusedFor = async (name: string) => refusedParts(await templateFrom(text(name)));
    expect(await refusedFor('ItRole')).toEqual([
      {
        path: ['Resources', 'ItRole'],
        why: 'SAM makes ItRole of It, and takes no other resource of that name',
      },
    ]);
    expect(await refusedFor('ItUrl')).toEqual([]);
  });
  const group = (properties: string) => `
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList}, Env: {Type: String}}
Conditions:
  Fn::ForEach::Kinds: [Kind, [a, b], {'Is\${Kind}': !Equals ['\${Kind}', b]}]
Resources:
  It:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: a, ${properties}}
`;
  const open = '{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}';
  it.each([
    ['properties', `'Fn::ForEach::P': [P, [SecurityGroupIngress], {'\${P}': [${open}]}]`, 'FAIL'],
    [
      'properties over what is not known',
      "'Fn::ForEach::P': [P, !Ref Names, {'${P}': []}]",
      'UNKNOWN it depends on Fn::ForEach::P, which goes over what only the deployment knows',
    ],
    [
      'properties by a key with escapes',
      `"Fn::For\\x45ach::P": [P, [SecurityGroupIngress], {'\${P}': [${open}]}]`,
      'FAIL',
    ],
    ['conditions that hold', `SecurityGroupIngress: !If [Isb, [${open}], []]`, 'FAIL'],
    ['conditions that do not', `SecurityGroupIngress: !If [Isa, [${open}], []]`, 'PASS'],
  ])('loops in %s are written out', async (_, properties, expected) => {
    expect(await verdictOf(group(properties), 'EC2.13', 'It')).toBe(expected);
  });
  it('an item of a loop stands where it is named, whatever it is', async () => {
    const text =
      'Resources: {"Fn::ForEach::L": [X, ["$&", "$$"], {"A-${X}": {Type: AWS::SQS::Queue, Properties: {QueueName: "a-${X}"}}}]}';
    const { declarations } = await templateFrom(text);
    expect(
      [...declarations.values()].map(({ logicalId, properties }) => [logicalId, properties]),
    ).toEqual([
      ['A-$&', { QueueName: 'a-$&' }],
      ['A-$$', { QueueName: 'a-$$' }],
    ]);
  });
  it.each([
    ['Mappings', '{M: {a: {b: 10.0.0.0/8, "Fn::Transform": {Name: AWS::Include}}}}'],
    ['Mappings', '{"Fn::Transform": {Name: AWS::Include}, M: {a: {b: c}}}'],
    ['Conditions', '{"Fn::Transform": {Name: AWS::Include}}'],
    ['Globals', '{Function: !Transform {Name: AWS::Include}}'],
  ])('what a macro makes of %s is told: %s', async (section, tree) => {
    const told: string[] = [];
    const document = await readDocument(
      `${section}: ${tree}\nResources: {A: {Type: AWS::SNS::Topic}}\n`,
      'a.yaml',
    );
    const place = { account: '', region: '', partition: 'aws', stackName: '', parameters: {} };
    templateOf(document, place, ([at], why) => told.push(`${at}: ${why}`));
    expect(told).toEqual([
      `${section}: Fn::Transform can change what ${section} say: that is not evaluated`,
    ]);
  });
  const nested = (of: number, ...within: readonly string[]) => {
    const items = JSON.stringify(Array.from({ length: of }, (_, index) => `x${index}`));
    const name = ['a', ...within].map((one) => `\${${one}}`).join('');
    const body = (left: readonly string[]): string => {
      const [next, ...others] = left;
      return next === undefined
        ? `{"R${name}": {"Type": "AWS::SNS::Topic"}}`
        : `{"Fn::ForEach::${next}": ["${next}", ${items}, ${body(others)}]}`;
    };
    return `{"Resources": ${body(['a', ...within])}}`;
  };
  it.each([
    ['values', nested(150, 'b', 'c'), 'its loops (Fn::ForEach) make more than a million values'],
    ['resources', nested(30, 'b', 'c'), 'it has 27000 resources; at most 20000 are read'],
  ])('loops that make too many %s are refused, and take no memory', async (_, text, why) => {
    await expect(templateFrom(text)).rejects.toThrow(why);
  });
  it('what a loop makes of what stands there already is told', async () => {
    const told: string[] = [];
    const text =
      'Resources: {A: {Type: AWS::SNS::Topic}, "Fn::ForEach::L": [X, [A, B, B], {"${X}": {Type: AWS::SNS::Topic}}]}';
    const document = await readDocument(text, 'a.yaml');
    const place = { account: '', region: '', partition: 'aws', stackName: '', parameters: {} };
    const { unread } = templateOf(document, place, (_, why) => told.push(why));
    expect([told, unread]).toEqual([['A is made more than once, and evaluated once'], 1]);
  });
  const from = (cidr: string) =>
    group(`SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: ${cidr}}]`);
  it.each([
    ['one past a list', "!Select [2, ['10.0.0.0/8', 0.0.0.0/0]]"],
    ['one before it', "!Select [-1, ['10.0.0.0/8', 0.0.0.0/0]]"],
    ['what is joined of no list', "!Join ['', 0.0.0.0/0]"],
  ])('nobody knows %s', async (_, cidr) => {
    expect(await verdictOf(from(cidr), 'EC2.13', 'It')).toMatch(/^UNKNOWN it depends on a/);
  });
  it.each([
    ["!Select [1, !Cidr ['10.0.0.0/16', '2', '8']]", 'PASS'],
    ["!Select [0, !Cidr ['0.0.0.0/0', 1, 32]]", 'FAIL'],
    [
      "!Select [0, !Cidr ['10.0.0.0/24', 2, 8]]",
      'UNKNOWN it depends on an element of a list that only the deployment knows',
    ],
    [
      '!Select [0, !Cidr [!Ref Env, 1, 8]]',
      'UNKNOWN it depends on an element of a list that only the deployment knows',
    ],
    ['!Cidr [!Ref Env, 1, 8]', 'UNKNOWN it depends on the parameter Env, which has no default'],
    [
      "!Cidr ['10.0.0.0/24', 2, 8]",
      'UNKNOWN it depends on a block of addresses that cannot be split so',
    ],
  ])('splits a block of addresses: %s', async (cidr, expected) => {
    expect(await verdictOf(from(cidr), 'EC2.13', 'It')).toBe(expected);
  });
  it('joins what is open within a list of a list', async () => {
    const cidr = "!Join ['', [!Split [',', 'a,b'], [!Ref Env, /0]]]";
    expect(await verdictOf(from(cidr), 'EC2.13', 'It')).toMatch(/^UNKNOWN/);
  });
  it('takes no text for a list of conditions', async () => {
    const template = from('!If [No, 0.0.0.0/0, 10.0.0.0/8]').replace(
      'Conditions:',
      'Conditions:\n  No: {"Fn::Not": {"Fn::Equals": [a, b]}}\n  ',
    );
    expect(await verdictOf(template, 'EC2.13', 'It')).toMatch(/^UNKNOWN/);
  });
  const statement = "{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*'}";
  const definition = `DefinitionBody: {swagger: '2.0', x-amazon-apigateway-policy: {Statement: [${statement}]}}`;
  it.each([
    ['in its definition', `EndpointConfiguration: {Type: PRIVATE}, ${definition}`, 'FAIL'],
    [
      'of its own statements',
      `EndpointConfiguration: PRIVATE, Auth: {ResourcePolicy: {CustomStatements: [${statement}]}}`,
      'FAIL',
    ],
    [
      'of a list',
      'EndpointConfiguration: {Type: PRIVATE}, Auth: {ResourcePolicy: {SourceVpcWhitelist: [vpc-1]}}',
      'PASS',
    ],
    [
      'in a bucket',
      'EndpointConfiguration: {Type: PRIVATE}, DefinitionUri: s3://own/api.yaml',
      'UNKNOWN policy is not known: the policy, which the definition of the API can hold',
    ],
    ['of none', 'EndpointConfiguration: {Type: PRIVATE}', 'PASS'],
    [
      'that a condition chooses',
      `EndpointConfiguration: !If [Yes, {Type: PRIVATE}, !Ref 'AWS::NoValue'], Auth: !If [Yes, {ResourcePolicy: !If [Yes, {CustomStatements: [${statement}]}, !Ref 'AWS::NoValue']}, {}]`,
      'FAIL',
    ],
    [
      'that a condition leaves out',
      `EndpointConfiguration: !If [Yes, PRIVATE, REGIONAL], Auth: !If [Yes, {}, {ResourcePolicy: {CustomStatements: [${statement}]}}]`,
      'PASS',
    ],
    [
      'that is on the internet by a condition',
      `EndpointConfiguration: !If [Yes, REGIONAL, PRIVATE], ${definition}`,
      'NOT_APPLICABLE',
    ],
    ['on the internet', definition, 'NOT_APPLICABLE'],
  ])('SAM makes an API with a policy %s', async (_, properties, expected) => {
    const template = `Transform: AWS::Serverless-2016-10-31\nConditions: {Yes: !Equals [a, a]}\nResources:\n  It: {Type: 'AWS::Serverless::Api', Properties: {StageName: a, ${properties}}}\n`;
    expect(await verdictOf(template, 'PL.APIGATEWAY.1', 'It')).toBe(expected);
  });
  it('loops are written out', async () => {
    expect(await verdictOf(loops, 'S3.14', 'Bucketa')).toBe('PASS');
    expect(await verdictOf(loops, 'S3.14', 'Bucketb')).toBe('PASS');
  });
});

describe('a macro can make anything of what stands beside it', () => {
  const include =
    "'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://own/part.json}}";
  const queue = (document: string) =>
    `Resources:\n  Q: {Type: AWS::SQS::Queue}\n  P: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Q], PolicyDocument: ${document}}}`;
  const resource = (type: string, more: string) => `Resources:\n  Q: {Type: ${type}, ${more}}`;
  const allow = "Effect: Allow, Action: 'sqs:*', Resource: '*'";
  it.each([
    ['of a policy', 'SQS.3', queue(`{Statement: [], ${include}}`)],
    [
      'of a statement',
      'SQS.3',
      queue(`{Statement: [{${allow}, Principal: {AWS: '123456789012'}, ${include}}]}`),
    ],
    [
      'of a principal',
      'SQS.3',
      queue(`{Statement: [{${allow}, Principal: {AWS: '123456789012', ${include}}}]}`),
    ],
    [
      'of a condition',
      'SQS.3',
      queue(
        `{Statement: [{${allow}, Principal: '*', Condition: {StringEquals: {'aws:PrincipalOrgID': o-abc1234567}, ${include}}}]}`,
      ),
    ],
    [
      'of what a condition compares',
      'SQS.3',
      queue(
        `{Statement: [{${allow}, Principal: '*', Condition: {StringEquals: {'aws:PrincipalOrgID': o-abc1234567, ${include}}}}]}`,
      ),
    ],
    [
      'of a resource',
      'EC2.13',
      resource('AWS::EC2::SecurityGroup', `Properties: {GroupDescription: d}, ${include}`),
    ],
    ['of a resource without properties', 'S3.8', resource('AWS::S3::Bucket', include)],
    [
      'of a property that is right',
      'RDS.2',
      resource(
        'AWS::RDS::DBInstance',
        `Properties: {Engine: postgres, DBInstanceClass: db.t3.micro, PubliclyAccessible: false, ${include}}`,
      ),
    ],
    [
      'of a rule',
      'EC2.13',
      resource(
        'AWS::EC2::SecurityGroup',
        `Properties: {GroupDescription: d, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8, ${include}}]}`,
      ),
    ],
    [
      'of a policy of IAM',
      'IAM.1',
      resource(
        'AWS::IAM::ManagedPolicy',
        `Properties: {PolicyDocument: {Statement: [], ${include}}}`,
      ),
    ],
  ])('%s', async (_, control, text) => {
    const verdict = await verdictOf(text, control, 'Q');
    expect(verdict).toMatch(/^UNKNOWN/);
    expect(verdict).toContain('Fn::Transform, which only the deployment can resolve');
  });

  it.each([
    ["'Fn::Transform': {Name: AWS::Include}", 'Fn::Transform adds what only the deployment knows'],
    [
      "B: {'Fn::Transform': {Name: Own}}",
      'B is made by Fn::Transform, which only the deployment can resolve',
    ],
  ])('%s beside resources is told, and fails with --strict-unknown', async (more, why) => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-macro-'));
    const file = join(folder, 'a.yaml');
    writeFileSync(
      file,
      `Resources:\n  A: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}\n  ${more}\n`,
    );
    const asked = ['check', file, '--control', 'S3.14'];
    expect(await inProcess(asked)).toMatchObject({
      code: 0,
      stderr: `${file}:3: ${why}, and is not evaluated\n`,
    });
    expect(await inProcess([...asked, '--strict-unknown'])).toMatchObject({ code: 2 });
    rmSync(folder, { recursive: true });
  });
});

describe('a macro of the whole template', () => {
  it.each([
    [
      'Transform: {Name: AWS::Include, Parameters: {Location: s3://own/part.yaml}}',
      'the macro AWS::Include',
    ],
    ['Transform: [AWS::LanguageExtensions, {Name: AWS::Include}]', 'the macro AWS::Include'],
    ['Transform: Own', 'the macro Own'],
    ["'Fn::Transform': {Name: AWS::Include}", 'Fn::Transform'],
  ])('is told, and fails with --strict-unknown: %s', async (written, what) => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-macro-'));
    const file = join(folder, 'a.yaml');
    writeFileSync(
      file,
      `${written}\nResources:\n  A: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}\n`,
    );
    const asked = ['check', file, '--control', 'S3.14'];
    expect(await inProcess(asked)).toMatchObject({
      code: 0,
      stderr: `${file}:1: ${what} can change what is declared: that is not evaluated\n`,
    });
    expect(await inProcess([...asked, '--strict-unknown'])).toMatchObject({ code: 2 });
    rmSync(folder, { recursive: true });
  });
});

const apis = (transform: string) => `
${transform}
Parameters: {Open: {Type: String}}
Globals: {Api: {TracingEnabled: true}}
Resources:
  Rest: {Type: 'AWS::Serverless::Api', Properties: {StageName: prod, CacheClusterEnabled: true}}
  Untraced: {Type: 'AWS::Serverless::Api', Properties: {StageName: !Ref Open, TracingEnabled: false}}
  Http: {Type: 'AWS::Serverless::HttpApi'}
  Logged: {Type: 'AWS::Serverless::HttpApi', Properties: {StageName: v1, AccessLogSettings: {DestinationArn: a, Format: b}}}
  Function:
    Type: AWS::Serverless::Function
    Properties: {Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}, Own: {Type: HttpApi, Properties: {ApiId: !Ref Http}}}}
`;
const deployment = (more: string) => `
Parameters: {Open: {Type: String}}
Conditions: {Yes: !Equals [a, a]}
Resources:
  Api: {Type: 'AWS::ApiGateway::RestApi'}
  It: {Type: 'AWS::ApiGateway::Deployment', Properties: {RestApiId: !Ref Api${more}}}
`;

const routes = (auth: string, globals = '') => `
Transform: AWS::Serverless-2016-10-31
Parameters: {Open: {Type: String}}
${globals}
Resources:
  Http: {Type: 'AWS::Serverless::HttpApi', Properties: {Auth: {Authorizers: {Tokens: {JwtConfiguration: {issuer: a}}, Own: {FunctionArn: a}}, ${auth}}}}
  Defined: {Type: 'AWS::Serverless::HttpApi', Properties: {DefinitionUri: s3://own/api.yaml}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Plain: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /, Method: get}}
        Own: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /own, Method: any, Auth: {Authorizer: Own}}}
        Public: {Type: HttpApi, Properties: {ApiId: !Ref Http, Auth: {Authorizer: NONE}}}
        Open: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /open, Method: get, Auth: {Authorizer: !Ref Open}}}
        Implied: {Type: HttpApi}
        Written: {Type: HttpApi, Properties: {ApiId: !Ref Defined, Path: /, Method: get}}
        Elsewhere: {Type: HttpApi, Properties: {ApiId: api, Path: /, Method: get}}
        Other: {Type: SQS, Properties: {Queue: a}}
`;
describe('routes that SAM makes of events', () => {
  it.each([
    ['without an authorizer', '', 'FunctionPlain', 'FAIL'],
    ['by the authorizer of all', 'DefaultAuthorizer: Tokens', 'FunctionPlain', 'PASS'],
    ['by IAM', 'DefaultAuthorizer: AWS_IAM', 'FunctionPlain', 'PASS'],
    ['by a function', '', 'FunctionOwn', 'PASS'],
    ['that are public', 'DefaultAuthorizer: Tokens', 'FunctionPublic', 'FAIL'],
    ['of an open one', '', 'FunctionOpen', 'UNKNOWN it depends on the authorizer of FunctionOpen'],
    ['of an API that nobody declares', 'DefaultAuthorizer: Tokens', 'FunctionImplied', 'FAIL'],
    ['of an API with a definition', '', 'FunctionWritten', '0 verdicts'],
    ['of an API elsewhere', '', 'FunctionElsewhere', '0 verdicts'],
    ['of a queue', '', 'FunctionOther', '0 verdicts'],
  ])('are judged %s', async (_, auth, logicalId, expected) => {
    expect(await verdictOf(routes(auth), 'APIGateway.8', logicalId)).toBe(expected);
  });
  it('have the authorizer of Globals', async () => {
    const globals = 'Globals: {HttpApi: {Auth: {DefaultAuthorizer: Tokens}}}';
    expect(await verdictOf(routes('', globals), 'APIGateway.8', 'FunctionImplied')).toBe('PASS');
  });
});

describe('stages that nobody declares by themselves', () => {
  it.each([
    ['a REST API', 'APIGateway.3', 'RestprodStage', 'PASS'],
    ['a REST API with a cache', 'APIGateway.5', 'RestprodStage', 'FAIL'],
    ['a REST API that says otherwise than Globals', 'APIGateway.3', 'UntracedStage', 'FAIL'],
    ['an HTTP API', 'APIGateway.9', 'HttpApiGatewayDefaultStage', 'FAIL'],
    ['an HTTP API with a log', 'APIGateway.9', 'Loggedv1Stage', 'PASS'],
    ['the API of an event', 'APIGateway.1', 'ServerlessRestApiProdStage', 'FAIL'],
    ['no API of an event', 'APIGateway.9', 'ServerlessHttpApiApiGatewayDefaultStage', '0 verdicts'],
  ])('SAM makes of %s', async (_, control, logicalId, expected) => {
    expect(await verdictOf(apis('Transform: AWS::Serverless-2016-10-31'), control, logicalId)).toBe(
      expected,
    );
    expect(await verdictOf(apis(''), control, logicalId)).toBe(expected);
  });
  const named = `
Transform: AWS::Serverless-2016-10-31
Parameters: {Kind: {Type: String, Default: open, AllowedValues: [open, shut]}}
Conditions: {IsOpen: !Equals [!Ref Kind, open]}
Resources:
  Logged:
    Type: AWS::Serverless::StateMachine
    Properties: {DefinitionUri: a.json, Logging: {Level: ALL, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: a}}]}}
  Silent: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: a.json}}
  Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: a}}
  Layered:
    Type: AWS::Serverless::Function
    Properties:
      Layers: [!Ref Layer]
      Events: {A: {Type: S3, Properties: {Bucket: !Ref Heard, Events: 's3:ObjectCreated:*'}}, B: {Type: S3, Properties: {Bucket: !Ref Refused, Events: 's3:ObjectCreated:*'}}}
  Strange:
    Type: AWS::Serverless::Function
    Properties: {Layers: ['arn:aws:lambda:eu-central-1:999988887777:layer:a:1']}
  Perhaps:
    Type: AWS::Serverless::Function
    Condition: IsOpen
    Properties: {Events: {A: {Type: S3, Properties: {Bucket: !Ref HeardPerhaps, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*']}}}}
  Heard: {Type: AWS::S3::Bucket}
  HeardPerhaps: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {TopicConfigurations: []}}}
  Deaf: {Type: AWS::S3::Bucket}
  Chat:
    Type: AWS::Serverless::WebSocketApi
    Properties: {Auth: {AuthType: AWS_IAM}, Routes: {$connect: {FunctionArn: a}, sendMessage: {FunctionArn: a}}}
  Open:
    Type: AWS::Serverless::WebSocketApi
    Properties: {StageName: v1, AccessLogSettings: {DestinationArn: a, Format: b}, Routes: {$connect: {FunctionArn: a}}}
  Refused: {Type: AWS::S3::Bucket, Properties: none}
`;
  it.each([
    ['the logs of a state machine', 'StepFunctions.1', 'Logged', 'PASS'],
    ['no logs of a state machine', 'StepFunctions.1', 'Silent', 'FAIL'],
    ['the layer of the template', 'PL.LAMBDA.2', 'Layered', 'PASS'],
    ['the layer of somebody else', 'PL.LAMBDA.2', 'Strange', 'FAIL'],
    ['a bucket whose events a function hears', 'S3.11', 'Heard', 'PASS'],
    [
      'a bucket that a function on a condition hears',
      'S3.11',
      'HeardPerhaps',
      'FAIL when Kind is shut',
    ],
    ['a bucket that nobody hears', 'S3.11', 'Deaf', 'FAIL'],
    ['a bucket of which nothing is known', 'S3.11', 'Refused', 'UNKNOWN'],
    ['who may connect to a WebSocket API', 'APIGateway.8', 'ChatConnectRoute', 'PASS'],
    ['that anybody may connect', 'APIGateway.8', 'OpenConnectRoute', 'FAIL'],
    ['what is sent to a WebSocket API', 'APIGateway.8', 'ChatSendmessageRoute', 'NOT_APPLICABLE'],
    ['the stage that a WebSocket API has by itself', 'APIGateway.9', 'ChatDefaultStage', 'FAIL'],
    ['the log of the stage of one', 'APIGateway.9', 'Openv1Stage', 'PASS'],
    ['what is executed of one', 'APIGateway.1', 'Openv1Stage', 'FAIL'],
  ])('SAM knows by its own names %s', async (_, control, logicalId, expected) => {
    expect(await verdictOf(named, control, logicalId)).toMatch(new RegExp(`^${expected}`));
  });
  it.each([
    [
      'with traces',
      ', StageName: v1, StageDescription: {TracingEnabled: true}',
      'APIGateway.3',
      'PASS',
    ],
    ['without a description', ', StageName: v1', 'APIGateway.3', 'FAIL'],
    [
      'that logs errors',
      ', StageName: v1, StageDescription: {LoggingLevel: ERROR}',
      'APIGateway.1',
      'PASS',
    ],
    [
      'with a cache in the clear',
      ', StageName: v1, StageDescription: {CacheClusterEnabled: true, CachingEnabled: true}',
      'APIGateway.5',
      'FAIL',
    ],
    [
      'with an encrypted cache',
      ', StageName: v1, StageDescription: {CacheClusterEnabled: true, CachingEnabled: true, CacheDataEncrypted: true}',
      'APIGateway.5',
      'PASS',
    ],
    [
      'of which a description is open',
      ', StageName: v1, StageDescription: !Ref Open',
      'APIGateway.3',
      'UNKNOWN',
    ],
    [
      'of which a condition chooses the description',
      ', StageName: v1, StageDescription: !If [Yes, {TracingEnabled: true, LoggingLevel: INFO}, !Ref "AWS::NoValue"]',
      'APIGateway.3',
      'PASS',
    ],
    [
      'of which a condition chooses the logs',
      ', StageName: v1, StageDescription: !If [Yes, !If [Yes, {LoggingLevel: INFO}, {}], {}]',
      'APIGateway.1',
      'PASS',
    ],
    [
      'of which a condition chooses no logs',
      ', StageName: v1, StageDescription: !If [Yes, {TracingEnabled: true}, {LoggingLevel: INFO}]',
      'APIGateway.1',
      'FAIL',
    ],
    [
      'of which a condition chooses the settings of methods',
      ', StageName: v1, StageDescription: {CacheClusterEnabled: true, MethodSettings: !If [Yes, [{ResourcePath: "/*", HttpMethod: "*", CachingEnabled: true}], []]}',
      'APIGateway.5',
      'FAIL',
    ],
    ['and none without its name', '', 'APIGateway.3', '0 verdicts'],
  ])('a deployment makes one %s', async (_, more, control, expected) => {
    expect((await verdictOf(deployment(more), control, 'It')).replace(/ it depends.*/, '')).toBe(
      expected,
    );
  });
});

describe('an output of the CDK', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-cdk-'));
  const put = (name: string, value: object) =>
    writeFileSync(join(folder, name), JSON.stringify(value));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() => {
    mkdirSync(join(folder, 'assembly-Stage'));
    const stack = (templateFile: string) => ({
      type: 'aws:cloudformation:stack',
      environment: 'aws://222233334444/eu-west-1',
      properties: { templateFile },
    });
    put('manifest.json', {
      artifacts: {
        Shop: stack('Shop.template.json'),
        Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Stage' } },
        Broken: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Broken' } },
        Out: stack('../outside.template.json'),
      },
    });
    mkdirSync(join(folder, 'assembly-Broken'));
    writeFileSync(join(folder, 'assembly-Broken', 'manifest.json'), '{');
    put('assembly-Stage/manifest.json', { artifacts: { Staged: stack('Staged.template.json') } });
    const bucket = (path: string, Properties: object = {}) => ({
      Type: 'AWS::S3::Bucket',
      Properties,
      Metadata: { 'aws:cdk:path': path },
    });
    put('Shop.template.json', {
      Resources: {
        Data1: bucket('Shop/Data/Resource'),
        Nested: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { Parameters: { Status: 'Enabled' } },
          Metadata: { 'aws:asset:path': 'Nested.template.json' },
        },
      },
    });
    put('Nested.template.json', {
      Parameters: { Status: { Type: 'String' } },
      Resources: {
        A: bucket('Shop/Nested/A/Resource', {
          VersioningConfiguration: { Status: { Ref: 'Status' } },
        }),
      },
    });
    put('assembly-Stage/Staged.template.json', {
      Resources: { B: bucket('Stage/Staged/B/Resource') },
    });
    put('Unnamed.template.json', { Resources: { C: bucket('Unnamed/C/Resource') } });
  });
  it('is read by its manifest: stages, nested stacks with their parameters, the paths of constructs; what it does not name by itself', async () => {
    const { code, stdout, stderr } = await inProcess([
      'check',
      folder,
      '--control',
      'S3.14',
      '--all',
      '--json',
    ]);
    expect(code).toBe(2);
    expect(stderr.split('\n')).toEqual([
      `${folder}/assembly-Broken: its manifest.json is not there, or is no JSON`,
      `${folder}: the template ../outside.template.json of Out leads out of the folder`,
      '',
    ]);
    const results: { construct: string; status: string }[] = JSON.parse(stdout).results;
    expect(results.map(({ construct, status }) => `${construct} ${status}`).toSorted()).toEqual([
      'Shop/Data FAIL',
      'Shop/Nested/A PASS',
      'Stage/Staged/B FAIL',
      'Unnamed/C FAIL',
    ]);
  });
});
