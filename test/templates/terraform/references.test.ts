import { planOf, verdictIn, type Written } from './plans.ts';

const bucket = (address: string, values = {}): Written => ({
  address,
  values,
  unknown: { id: true, arn: true, acl: true, policy: true, versioning: true, grant: true },
});
const versioned = (address: string, refers: unknown, status = 'Enabled'): Written => ({
  address,
  values: { versioning_configuration: [{ status }] },
  unknown: { bucket: true, id: true },
  refers: { bucket: refers },
});
const direct = ['aws_s3_bucket.b.id', 'aws_s3_bucket.b'];

/** What a versioning that names its bucket in each of these ways gives for the bucket. */
const cases: Readonly<Record<string, readonly [plan: unknown, address: string, verdict: string]>> =
  {
    'a reference': [
      planOf([bucket('aws_s3_bucket.b'), versioned('aws_s3_bucket_versioning.v', direct)]),
      'aws_s3_bucket.b',
      'PASS',
    ],
    'a name that both know': [
      planOf([
        bucket('aws_s3_bucket.b', { bucket: 'orders' }),
        {
          address: 'aws_s3_bucket_versioning.v',
          values: { bucket: 'orders', versioning_configuration: [{ status: 'Enabled' }] },
        },
      ]),
      'aws_s3_bucket.b',
      'PASS',
    ],
    'a name that two buckets have': [
      planOf([
        bucket('aws_s3_bucket.b', { bucket: 'orders' }),
        bucket('aws_s3_bucket.c', { bucket: 'orders' }),
        versioned('aws_s3_bucket_versioning.v', direct),
      ]),
      'aws_s3_bucket.c',
      'FAIL',
    ],
    'the instance of the same key': [
      planOf([
        bucket('aws_s3_bucket.b["x"]'),
        bucket('aws_s3_bucket.b["y"]'),
        versioned('aws_s3_bucket_versioning.v["y"]', ['aws_s3_bucket.b', 'each.key']),
      ]),
      'aws_s3_bucket.b["y"]',
      'PASS',
    ],
    'an instance of another key': [
      planOf([
        bucket('aws_s3_bucket.b["x"]'),
        bucket('aws_s3_bucket.b["y"]'),
        versioned('aws_s3_bucket_versioning.v["y"]', ['aws_s3_bucket.b', 'each.key']),
      ]),
      'aws_s3_bucket.b["x"]',
      'FAIL',
    ],
    'each.value of a resource': [
      planOf([
        bucket('aws_s3_bucket.b["x"]'),
        {
          ...versioned('aws_s3_bucket_versioning.v["x"]', ['each.value.id', 'each.value']),
          repeated: { references: ['aws_s3_bucket.b'] },
        },
      ]),
      'aws_s3_bucket.b["x"]',
      'PASS',
    ],
    'an index that is written': [
      planOf([
        bucket('aws_s3_bucket.b[0]'),
        versioned('aws_s3_bucket_versioning.v', [
          'aws_s3_bucket.b[0].id',
          'aws_s3_bucket.b[0]',
          'aws_s3_bucket.b',
        ]),
      ]),
      'aws_s3_bucket.b[0]',
      'PASS',
    ],
    'a variable of a module': [
      planOf(
        [
          bucket('aws_s3_bucket.b'),
          versioned('module.m.aws_s3_bucket_versioning.v', ['var.bucket']),
        ],
        { calls: { m: { expressions: { bucket: { references: direct } } } } },
      ),
      'aws_s3_bucket.b',
      'PASS',
    ],
    'an output of a module': [
      planOf(
        [
          bucket('module.m.aws_s3_bucket.b'),
          versioned('aws_s3_bucket_versioning.v', ['module.m.id', 'module.m']),
        ],
        { calls: { m: { outputs: { id: { expression: { references: direct } } } } } },
      ),
      'module.m.aws_s3_bucket.b',
      'PASS',
    ],
    'an instance of a module with the same key': [
      planOf(
        [
          bucket('module.m["x"].aws_s3_bucket.b'),
          bucket('module.m["y"].aws_s3_bucket.b'),
          versioned('aws_s3_bucket_versioning.v', ['module.m["x"].id', 'module.m["x"]']),
        ],
        { calls: { m: { outputs: { id: { expression: { references: direct } } } } } },
      ),
      'module.m["x"].aws_s3_bucket.b',
      'PASS',
    ],
    'a choice by what is known': [
      planOf(
        [bucket('aws_s3_bucket.b'), versioned('aws_s3_bucket_versioning.v', ['var.on', ...direct])],
        { variables: { on: { value: true } } },
      ),
      'aws_s3_bucket.b',
      'PASS',
    ],
    'two buckets': [
      planOf([
        bucket('aws_s3_bucket.b'),
        bucket('aws_s3_bucket.c'),
        versioned('aws_s3_bucket_versioning.v', [
          ...direct,
          'aws_s3_bucket.c.id',
          'aws_s3_bucket.c',
        ]),
      ]),
      'aws_s3_bucket.c',
      'UNKNOWN it depends on whether aws_s3_bucket_versioning.v is of it, whose bucket is known after it is applied',
    ],
    'a local': [
      planOf([bucket('aws_s3_bucket.b'), versioned('aws_s3_bucket_versioning.v', ['local.id'])]),
      'aws_s3_bucket.b',
      'UNKNOWN it depends on whether aws_s3_bucket_versioning.v is of it, whose bucket is known after it is applied',
    ],
    'the policy of the bucket': [
      planOf([
        bucket('aws_s3_bucket.b'),
        {
          address: 'aws_s3_bucket_policy.p',
          values: { policy: '{}' },
          unknown: { bucket: true, id: true },
          refers: { bucket: direct },
        },
        versioned('aws_s3_bucket_versioning.v', [
          'aws_s3_bucket_policy.p.id',
          'aws_s3_bucket_policy.p',
        ]),
      ]),
      'aws_s3_bucket.b',
      'PASS',
    ],
  };

it.each(Object.entries(cases))('%s leads to the bucket', async (_, [plan, address, verdict]) => {
  expect(await verdictIn(plan, 'S3.14', address)).toBe(verdict);
});

it('evaluates what is set of a bucket of another plan', async () => {
  const plan = planOf([
    {
      address: 'aws_s3_bucket_versioning.v',
      values: { bucket: 'elsewhere', versioning_configuration: [{ status: 'Suspended' }] },
    },
  ]);
  expect(await verdictIn(plan, 'S3.14', 'aws_s3_bucket_versioning.v')).toBe('FAIL');
  expect(await verdictIn(plan, 'S3.9', 'aws_s3_bucket_versioning.v')).toBe('0 verdicts');
});

it('follows references in a circle no further than is bounded', async () => {
  const circle = { references: ['module.m.id', 'module.m'] };
  const plan = planOf(
    [
      bucket('module.m.aws_s3_bucket.b'),
      versioned('module.m.aws_s3_bucket_versioning.v', ['var.bucket']),
    ],
    {
      calls: {
        m: {
          expressions: { bucket: circle },
          outputs: { id: { expression: { references: ['var.bucket'] } } },
        },
      },
    },
  );
  expect(await verdictIn(plan, 'S3.14', 'module.m.aws_s3_bucket.b')).toMatch(/^UNKNOWN/);
});
