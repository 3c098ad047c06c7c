import { planOf, verdictIn, type Written } from './plans.ts';

const subnet = (name: string, zone: string): Written => ({
  address: `aws_subnet.${name}`,
  values: { availability_zone: zone },
  unknown: { id: true, arn: true },
});
const known: Written = {
  address: 'aws_subnet.a',
  values: { id: 'subnet-1', availability_zone: 'eu-central-1a' },
  actions: ['no-op'],
};
const subnets = [subnet('a', 'eu-central-1a'), subnet('b', 'eu-central-1b')];
const inOneZone = [subnet('a', 'eu-central-1a'), subnet('b', 'eu-central-1a')];
const ids = ['aws_subnet.a.id', 'aws_subnet.a', 'aws_subnet.b.id', 'aws_subnet.b'];

/** A function whose subnets only applying tells, by what they refer to. */
const of = (references: readonly string[]): Written => ({
  address: 'aws_lambda_function.it',
  values: { function_name: 'it', vpc_config: [{}] },
  unknown: { vpc_config: [{ subnet_ids: true }] },
  refers: { vpc_config: [{ subnet_ids: { references } }] },
});

it.each<
  readonly [what: string, all: readonly Written[], references: readonly string[], is: RegExp]
>([
  ['ids of two zones', subnets, ids, /^PASS$/],
  ['ids of one zone', inOneZone, ids, /^FAIL$/],
  ['one id', subnets, ids.slice(0, 2), /^FAIL$/],
  ['ids that a variable may choose among', subnets, ['var.open', ...ids], /^UNKNOWN/],
  [
    'ids that another attribute may choose among',
    subnets,
    [...ids, 'aws_vpc.v.arn', 'aws_vpc.v'],
    /^UNKNOWN/,
  ],
  [
    'an id that is known and one that is not',
    [known, subnet('b', 'eu-central-1b')],
    ids,
    /^UNKNOWN/,
  ],
  ['one id beside what a variable gives', subnets, ['var.open', ...ids.slice(0, 2)], /^UNKNOWN/],
  ['what is no id', subnets, ['aws_subnet.a.arn', 'aws_subnet.a', ...ids.slice(2)], /^UNKNOWN/],
])('a list of %s', async (_, all, references, is) => {
  const vpc: Written = { address: 'aws_vpc.v', values: {}, unknown: { arn: true } };
  const around = { variables: { open: { value: true } } };
  const plan = planOf([of(references), ...all, vpc], around);
  expect(await verdictIn(plan, 'Lambda.5', 'aws_lambda_function.it')).toMatch(is);
});

it('the subnets of a group are a list by another name', async () => {
  const group: Written = {
    address: 'aws_autoscaling_group.it',
    values: { name: 'it' },
    unknown: { vpc_zone_identifier: true },
    refers: { vpc_zone_identifier: ids },
  };
  const address = 'aws_autoscaling_group.it';
  expect(await verdictIn(planOf([group, ...subnets]), 'AutoScaling.2', address)).toBe('PASS');
  expect(await verdictIn(planOf([group, ...inOneZone]), 'AutoScaling.2', address)).toBe('FAIL');
});

it('one id of two is none of them for sure', async () => {
  const target: Written = {
    address: 'aws_efs_mount_target.it',
    values: { file_system_id: 'fs-1' },
    unknown: { subnet_id: true },
    refers: { subnet_id: ids },
  };
  const instance: Written = { ...target, address: 'aws_instance.it', values: { ami: 'ami-1' } };
  const shown = [
    { ...subnets[0], values: { map_public_ip_on_launch: true } },
    { ...subnets[1], values: { map_public_ip_on_launch: false } },
  ] as readonly Written[];
  expect(await verdictIn(planOf([instance, ...shown]), 'EC2.9', 'aws_instance.it')).toMatch(
    /^UNKNOWN/,
  );
});
