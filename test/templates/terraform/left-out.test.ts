import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOf, verdictIn, verdictsBeside, type Written } from './plans.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-terraform-'));
});
afterEach(() => rm(folder, { recursive: true }));

const verdictBeside = async (
  files: Readonly<Record<string, string>>,
  plan: unknown,
  which: string,
): Promise<string | undefined> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return (await verdictsBeside(folder, plan)).statuses[which];
};
const variables = { a: { value: [] }, b: { value: true } };

/** What only applying tells, and what is known: the range of a VPC is written. */
const around: readonly Written[] = [
  {
    address: 'aws_vpc.v',
    values: { cidr_block: '10.0.0.0/8' },
    unknown: { id: true, main_route_table_id: true },
  },
];

describe('a dynamic block of which a plan shows nothing makes nothing where what repeats it is known', () => {
  const plan = planOf(
    [...around, { address: 'aws_security_group.g', unknown: { id: true, ingress: true } }],
    { variables },
  );
  const told = (each: string, more = '', content = '') =>
    verdictBeside(
      {
        'main.tf': `resource "aws_security_group" "g" {\n  dynamic "ingress" {\n    for_each = ${each}\n    content {\n${content}\n}\n  }\n}\n${more}`,
      },
      plan,
      'aws_security_group.g EC2.13',
    );
  it.each([
    ['a variable', 'var.a', ''],
    ['a choice by its length', 'length(var.a) > 0 ? [for one in var.a : one.port] : []', ''],
    ['what is written of a resource', '[for k in [aws_vpc.v.cidr_block] : k if !var.b]', ''],
    ['a local value', 'local.a', 'locals {\n  a = local.c\n  c = concat(var.a, [])\n}'],
    ['a text that looks like something', 'var.b ? [] : ["aws_vpc.w.id"]', ''],
  ])('%s', async (_, each, more) => expect(await told(each, more)).toBe('PASS'));
  it('though what it would make is not known', async () => {
    expect(await told('var.a', '', 'description = aws_vpc.v.id')).toBe('PASS');
  });
  it.each([
    ['a resource', '[aws_vpc.v.id]', ''],
    ['a whole resource', '[for one in [aws_vpc.v] : one.id]', ''],
    ['a local value of one', 'local.a', 'locals {\n  a = local.c\n  c = [aws_vpc.v.id]\n}'],
    ['a local value that is nowhere', 'local.a', ''],
    ['what a module puts out', 'module.m.a', ''],
    ['the time', 'var.b ? [timestamp()] : []', ''],
    ['an index of what is not known', 'var.a[aws_vpc.v.id]', ''],
    ['an attribute behind an index', 'aws_vpc.v[var.a[0]].id', ''],
  ])('and may make something of %s', async (_, each, more) => {
    expect(await told(each, more)).toBe('UNKNOWN');
  });
});

describe('what a plan leaves open though all of it is known, nobody sets', () => {
  const database = (publicly_accessible: readonly string[]): Written => ({
    address: 'module.m["x"].aws_db_instance.d',
    values: { engine: 'mysql' },
    unknown: { publicly_accessible: true },
    refers: { publicly_accessible },
    repeated: { references: ['var.all', 'local.create'] },
  });
  const told = (refers: readonly string[], files: Readonly<Record<string, string>>, call = {}) =>
    verdictBeside(
      files,
      planOf([...around, database(refers)], { variables, calls: { m: call } }),
      'module.m["x"].aws_db_instance.d RDS.2',
    );
  const written = (value: string, more = '') => ({
    'main.tf': 'module "m" {\n  source = "./m"\n}\n',
    'm/main.tf': `resource "aws_db_instance" "d" {\n  publicly_accessible = ${value}\n}\n${more}`,
  });
  it('by its source', async () => {
    const both = ['each.value.open', 'each.value', 'var.open'];
    const own = written('try(each.value.open, var.open)', 'locals {\n  create = true\n}\n');
    expect(await told(both, own)).toBe('PASS');
    expect(await told(['local.open'], written('local.open', 'locals {\n  open = null\n}\n'))).toBe(
      'PASS',
    );
  });
  it('and what comes of a resource is open', async () => {
    const call = {
      expressions: { open: { references: ['aws_vpc.v.main_route_table_id', 'aws_vpc.v'] } },
    };
    expect(await told(['var.open'], written('var.open'), call)).toBe('UNKNOWN');
  });
  it.each<readonly [what: string, call: Readonly<Record<string, unknown>>, verdict: string]>([
    ['has no value', { variables: { open: { default: null } } }, 'PASS'],
    [
      'is given none',
      { variables: { open: { default: true } }, expressions: { open: { constant_value: null } } },
      'PASS',
    ],
    [
      'is given another without one',
      { expressions: { open: { references: ['var.none'] } } },
      'PASS',
    ],
    ['has one', { variables: { open: { default: true } } }, 'UNKNOWN'],
    ['is given another', { expressions: { open: { references: ['var.b'] } } }, 'UNKNOWN'],
  ])('without a source by a variable that %s', async (_, call, verdict) => {
    const plan = planOf([database(['var.open'])], {
      variables: { ...variables, none: { value: null } },
      calls: { m: call },
    });
    expect(await verdictIn(plan, 'RDS.2', 'module.m["x"].aws_db_instance.d')).toMatch(
      new RegExp(`^${verdict}`),
    );
  });
});

describe('what is set of a bucket by a part that is made before', () => {
  const told = (bucket: readonly string[]) =>
    verdictIn(
      planOf([
        { address: 'aws_s3_bucket.b', unknown: { id: true, arn: true, bucket: true } },
        { address: 'aws_s3_bucket.c', unknown: { id: true, arn: true, bucket: true } },
        {
          address: 'aws_s3_bucket_policy.p',
          values: { policy: '{"Statement":[]}' },
          unknown: { bucket: true, id: true },
          refers: { bucket: ['aws_s3_bucket.b.id', 'aws_s3_bucket.b'] },
        },
        {
          address: 'aws_s3_bucket_versioning.v',
          values: { versioning_configuration: [{ status: 'Enabled' }] },
          unknown: { bucket: true, id: true },
          refers: { bucket },
        },
      ]),
      'S3.14',
      'aws_s3_bucket.b',
    );
  it('is set of it, by whatever that is chosen', async () => {
    expect(
      await told([
        'local.attach',
        'aws_s3_bucket_policy.p.id',
        'aws_s3_bucket_policy.p',
        'aws_s3_bucket.b.id',
        'aws_s3_bucket.b',
      ]),
    ).toBe('PASS');
  });
  it('may be of one of two', async () => {
    expect(await told(['aws_s3_bucket_policy.p.id', 'aws_s3_bucket.c.id'])).toMatch(/^UNKNOWN/);
    expect(await told(['local.name', 'aws_s3_bucket.b.id'])).toMatch(/^UNKNOWN/);
  });
});

describe('what a local value chooses among', () => {
  const rule: Written = {
    address: 'aws_security_group_rule.r',
    values: {
      type: 'ingress',
      protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_blocks: ['0.0.0.0/0'],
    },
    unknown: { security_group_id: true, id: true },
    refers: { security_group_id: ['local.group'] },
  };
  const told = (written: string) =>
    verdictBeside(
      {
        'main.tf': `locals {\n  group = ${written}\n}\nresource "aws_security_group_rule" "r" {\n  security_group_id = local.group\n}\n`,
      },
      planOf(
        [
          { address: 'aws_security_group.g[0]', unknown: { id: true } },
          { address: 'aws_security_group.h[0]', unknown: { id: true, name: true } },
          rule,
        ],
        { variables },
      ),
      'aws_security_group.g[0] EC2.13',
    );
  it.each([
    ['one', 'var.b ? concat(aws_security_group.g.*.id, [""])[0] : var.a', 'FAIL'],
    ['another', 'try(aws_security_group.h[0].id, null)', 'PASS'],
    [
      'one of two',
      'element(concat(aws_security_group.g.*.id, aws_security_group.h.*.id), 0)',
      'UNKNOWN',
    ],
  ])('is %s', async (_, written, verdict) => expect(await told(written)).toBe(verdict));
  it.each([
    ['of a name', 'lower(aws_security_group.h[0].id)'],
    ['within a text', 'upper("${aws_security_group.h[0].id}-1")'],
    ['in a loop', '[for one in aws_security_group.h : one.id][0]'],
  ])('is not known where it is made of something: %s', async (_, written) => {
    expect(await told(written)).toBe('UNKNOWN');
  });
});

it('takes the default of a variable for known, where a plan has no value of it', async () => {
  const plan = planOf([{ address: 'aws_security_group.g', unknown: { id: true, ingress: true } }]);
  const declared = { root_module: { variables: { a: { default: [] } } } };
  const { configuration } = plan as { configuration: { root_module: object } };
  Object.assign(configuration.root_module, declared.root_module);
  const written =
    'resource "aws_security_group" "g" {\n  dynamic "ingress" {\n    for_each = var.a\n    content {}\n  }\n}\n';
  const which = 'aws_security_group.g EC2.13';
  expect(await verdictBeside({ 'main.tf': written }, plan, which)).toBe('PASS');
  const other = written.replace('var.a', 'var.c');
  expect(await verdictBeside({ 'main.tf': other }, plan, which)).toBe('UNKNOWN');
});

describe('a document that is put together of others', () => {
  const statement = (sid: string, effect: string) => ({
    sid,
    effect,
    actions: [effect === 'Allow' ? 's3:GetObject' : 's3:PutObject'],
    principals: [{ type: '*', identifiers: ['*'] }],
  });
  const document = (name: string, own: object): Written => ({
    address: `data.aws_iam_policy_document.${name}[0]`,
    values: { statement: [own] },
    unknown: { json: true, id: true, statement: [{ resources: [true] }] },
    refers: {
      statement: [
        {
          ...Object.fromEntries(
            Object.entries(own).map(([key, constant_value]) => [key, { constant_value }]),
          ),
          resources: { references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] },
        },
      ],
    },
  });
  const told = async (sources: string, { sid = 'b', more = {} } = {}): Promise<unknown> => {
    const names = [...sources.matchAll(/(?:var|data\.\w+)\.\w+/g)].map(([one]) => one);
    const plan = planOf(
      [
        { address: 'aws_s3_bucket.b', values: { bucket: 'one' }, unknown: { id: true, arn: true } },
        {
          address: 'aws_s3_bucket_public_access_block.p',
          values: { bucket: 'one', block_public_policy: false, restrict_public_buckets: false },
        },
        document('open', statement('a', 'Allow')),
        document('closed', statement(sid, 'Deny')),
        {
          address: 'data.aws_iam_policy_document.all',
          unknown: { json: true, id: true, source_policy_documents: true },
          refers: { source_policy_documents: names },
          ...more,
        },
        {
          address: 'aws_s3_bucket_policy.p',
          values: { bucket: 'one' },
          unknown: { policy: true },
          refers: { policy: ['data.aws_iam_policy_document.all.json'] },
        },
      ],
      {
        variables: { yes: { value: true }, no: { value: false }, text: { value: '{"Statement":' } },
      },
    );
    const written = `data "aws_iam_policy_document" "all" {\n  source_policy_documents = ${sources}\n}\n`;
    return verdictBeside({ 'main.tf': written }, plan, 'aws_s3_bucket.b S3.2');
  };
  const open = 'data.aws_iam_policy_document.open[0].json';
  const closed = 'data.aws_iam_policy_document.closed[0].json';
  it.each([
    [`[${open}, ${closed}]`, 'FAIL'],
    [`compact([var.yes ? ${open} : "", ${closed}])`, 'FAIL'],
    [`compact([var.no || var.yes ? ${open} : "", ${closed}])`, 'FAIL'],
    [`compact([var.no ? ${open} : "", ${closed}])`, 'PASS'],
    [`compact([var.no || !var.yes ? ${open} : "", ${closed}])`, 'PASS'],
    [`compact([var.no && var.yes ? ${open} : "", ${closed}])`, 'PASS'],
    [`compact([var.yes == false ? ${open} : "", ${closed}])`, 'PASS'],
    [`compact([var.no != false ? ${open} : "", ${closed}])`, 'PASS'],
    [`compact([var.other ? ${open} : "", ${closed}])`, 'UNKNOWN'],
    [`[var.text, ${closed}]`, 'UNKNOWN'],
  ])('has the statements of %s', async (sources, verdict) => {
    expect(await told(sources)).toBe(verdict);
  });
  it('is open where one may take the place of another', async () => {
    expect(await told(`[${open}, ${closed}]`, { sid: 'a' })).toBe('UNKNOWN');
    const more = { values: { override_policy_documents: ['{"Statement":[]}'] } };
    expect(await told(`[${open}, ${closed}]`, { more })).toBe('UNKNOWN');
  });
});

it('looks at each local value once, however often others refer to it', async () => {
  const others = Array.from(
    { length: 40 },
    (_, at) => `  l${at + 1} = try(local.l${at}, local.l${at}, local.l${at}, var.a)\n`,
  );
  const plan = planOf([{ address: 'aws_security_group.g', unknown: { id: true, ingress: true } }], {
    variables,
  });
  const written = `locals {\n  l0 = var.a\n${others.join('')}}\nresource "aws_security_group" "g" {\n  dynamic "ingress" {\n    for_each = local.l40\n    content {}\n  }\n}\n`;
  expect(await verdictBeside({ 'main.tf': written }, plan, 'aws_security_group.g EC2.13')).toBe(
    'UNKNOWN',
  );
});
