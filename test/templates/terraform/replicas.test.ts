import { checkedIn } from '../checking.ts';
import { planOf, templateFromPlan, verdictIn, type Written } from './plans.ts';

const region_name = 'eu-west-1';
const all = { deletion_protection_enabled: true, point_in_time_recovery: true };
const table = (
  replica: readonly object[],
  unknown: Written['unknown'] = {},
  refers: Written['refers'] = {},
) =>
  planOf([
    {
      address: 'aws_dynamodb_table.it',
      values: {
        name: 'orders',
        deletion_protection_enabled: true,
        point_in_time_recovery: [{ enabled: true }],
        replica,
      },
      unknown,
      refers,
    },
  ]);
const open = <T>(value: T) => ({
  deletion_protection_enabled: value,
  point_in_time_recovery: value,
});
const made = { references: ['terraform_data.it.output', 'terraform_data.it'] };
const given = (last: boolean) => [
  { region_name, ...all },
  { region_name: 'eu-north-1', deletion_protection_enabled: last, point_in_time_recovery: last },
];

describe.each(['DynamoDB.2', 'DynamoDB.6'])('%s', (control) => {
  it.each<[what: string, plan: unknown, expected: RegExp]>([
    ['a table alone', table([]), /^PASS$/],
    ['with a replica that has all', table([{ region_name, ...all }]), /^PASS$/],
    ['with a replica that says nothing', table([{ region_name }]), /^FAIL$/],
    ['with two replicas that have all', table(given(true)), /^PASS$/],
    ['with two replicas of which the last has nothing', table(given(false)), /^FAIL$/],
    [
      'with a replica that is not known',
      table([{ region_name }], { replica: [open(true)] }, { replica: [open(made)] }),
      /^UNKNOWN/,
    ],
    ['with replicas that are not known', table([], { replica: true }), /^UNKNOWN/],
  ])('looks at %s', async (_, plan, expected) => {
    expect(await verdictIn(plan, control, 'aws_dynamodb_table.it')).toMatch(expected);
  });
  it('says which replica fails', async () => {
    const checked = await checkedIn(await templateFromPlan(table(given(false))));
    const [found] = checked.filter((one) => one.control.id === control);
    expect(found?.when).toEqual(['the replica is that of eu-north-1']);
  });
});
