import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampled } from '../../extent.ts';

/** What patterns begin with: repeated, it never comes to the end that they look for. */
const repeated = [
  ...['${', '${a', '${a:-', '$(', '{{', '{{resolve:', '[', '<', '<<a ', '(', '"', "'", '\\'],
  ...[' ', ', ', '\t', ': ', '=', 'a=', ';', '&', '|', '/', '://', '*', '?', '-', '0', 'A'],
  ...['a.', 'a-', '1.', '#', '# ', '# a = ', 'arn:', 'secret/', 'password: ', 'ab:cd@'],
  ...['rm ', 'rm -a ', 'curl -u ', 'apt ', 'pip ', 'echo a ', 'mysql -p', 'chpasswd '],
];
const length = 40_000;

const resourcesOf = (text: string) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: text } },
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: text, Action: text, Resource: text }],
      },
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: text,
      Role: text,
      Code: { ZipFile: text },
      Environment: { Variables: { DB_PASSWORD: text } },
    },
  },
  Host: { Type: 'AWS::EC2::Instance', Properties: { UserData: { 'Fn::Base64': text } } },
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: text, MasterUserPassword: text },
  },
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: text,
      SecurityGroupIngress: [{ CidrIp: text, IpProtocol: text }],
    },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::Sub': text } } },
});

const files: Readonly<Record<string, (text: string) => string>> = {
  'a.template.json': (text) => JSON.stringify({ Resources: resourcesOf(text) }),
  // In a comment too, as the banners of many templates.
  'a.yaml': (text) =>
    `# Resources\n# ${text}\n#${text}\n${bucket}      BucketName: ${JSON.stringify(text)}\n`,
  Dockerfile: (text) =>
    `# ${text}\nFROM node:20\nENV PASSWORD ${text}\nRUN rm ${text}\nRUN cat <<a\n${text}\na\n`,
  'compose.yaml': (text) =>
    JSON.stringify({
      services: {
        a: {
          image: text,
          command: text,
          environment: { PASSWORD: text },
          ports: [text],
          volumes: [text],
        },
      },
    }),
  'pod.yaml': (text) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: {
        containers: [
          { name: 'a', image: text, command: [text], env: [{ name: 'PASSWORD', value: text }] },
        ],
      },
    }),
};
const bucket = 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-long-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
/** Runs `check` on the folder; it is killed where it takes longer. */
const checked = (timeout = 60_000) =>
  spawnSync(process.execPath, ['bin/plumbline.cjs', 'check', folder], {
    encoding: 'utf8',
    timeout,
    maxBuffer: 1e8,
  });

describe('a text that is written to be slow', () => {
  it.each(Object.keys(files))('is read in seconds in %s', (name) => {
    for (const [index, begun] of sampled(repeated, { quick: 4 }).entries()) {
      mkdirSync(join(folder, `${index}`));
      const text = begun.repeat(length / begun.length);
      writeFileSync(join(folder, `${index}`, name), files[name]?.(text) ?? '');
    }
    const { status, signal, stderr } = checked();
    expect([signal, stderr.includes('    at ')]).toEqual([null, false]);
    expect([0, 1, 2]).toContain(status);
  });

  it('is a comment as a banner, which took for ever', () => {
    const banner = '#'.repeat(79);
    writeFileSync(
      join(folder, 'a.yaml'),
      `${banner}\n# Resources\n${banner}\n${bucket}      BucketName: a\n`,
    );
    const ruled = '# ==================================\n'.repeat(8);
    writeFileSync(join(folder, 'Dockerfile'), `${ruled}FROM node:20\nRUN cat <<a\nb\na\n`);
    expect(checked()).toMatchObject({ status: 1, signal: null });
  });

  it('is one line with thousands of failures, of which each kept a copy', () => {
    const many = Array.from({ length: 1000 }, (_, n) => [`B${n}`, { Type: 'AWS::S3::Bucket' }]);
    const notes = 'x'.repeat(200_000);
    const template = { Description: notes, Resources: Object.fromEntries(many) };
    writeFileSync(join(folder, 'a.json'), JSON.stringify(template));
    const least = ['--max-old-space-size=250', 'bin/plumbline.cjs', 'check', folder];
    const { status, signal } = spawnSync(process.execPath, least, { maxBuffer: 1e8 });
    expect([status, signal]).toEqual([1, null]);
  });
  it('is a plan with many rules whose group nobody can tell, which took a minute', () => {
    const many = Array.from({ length: 150 }, (_, n) => n);
    const group = (n: number) => ({ type: 'aws_security_group', name: `g${n}` });
    const rule = (n: number) => ({ type: 'aws_vpc_security_group_ingress_rule', name: `r${n}` });
    const resources = [
      ...many.map((n) => ({ ...group(n), after: { name: `g${n}` }, unknown: { id: true } })),
      ...many.map((n) => ({
        ...rule(n),
        after: {
          cidr_ipv4: n % 3 === 0 ? '0.0.0.0/0' : `10.${n}.0.0/16`,
          ...{ ip_protocol: 'tcp', from_port: 22 + n, to_port: 22 + n },
        },
        unknown: { security_group_id: true },
        expressions: { security_group_id: { references: ['local.x'] } },
      })),
    ].map(({ type, name, ...one }) => ({
      ...one,
      named: { address: `${type}.${name}`, mode: 'managed', type, name },
      by: { provider_name: 'registry.terraform.io/hashicorp/aws' },
    }));
    const plan = {
      ...{ format_version: '1.2', terraform_version: '1.9.5' },
      planned_values: {
        root_module: {
          resources: resources.map(({ named, by, after }) => ({ ...named, ...by, values: after })),
        },
      },
      resource_changes: resources.map(({ named, by, after, unknown }) => ({
        ...named,
        ...by,
        change: { actions: ['create'], before: null, after, after_unknown: unknown },
      })),
      configuration: {
        root_module: {
          resources: resources.map(({ named, ...one }) => ({
            ...named,
            expressions: 'expressions' in one ? one.expressions : {},
          })),
        },
      },
    };
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    const { status, signal, stdout } = checked(20_000);
    expect([status, signal]).toEqual([0, null]);
    expect(stdout).toMatch(/300 resources in 1 file: 0 failed, 0 exempted, \d+ unknown/);
    // No verdict names all of them.
    const paragraphs = stdout.split('\n\n').map(({ length }) => length);
    expect(Math.max(...paragraphs)).toBeLessThan(600);
  });
});
