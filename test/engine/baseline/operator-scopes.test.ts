import { parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { operatorsFor, whyOutOfScope } from '../../../lib/engine/baseline/operators.ts';

const parse = (yaml: string) =>
  parseBaseline(yaml, 'plumbline.yaml', [{ id: 'T.1', standards: {} }]);
const arnOf = (name: string) => `arn:aws:iam::123456789012:user/${name}`;
const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(arnOf) as [string, string, string];
const [member, other] = ['444455556666', '777788889999'] as const;
const baseline = parse(`operators:
  - ${alice}
  - { arn: '${bob}', accounts: ['${member}'] }
  - { arn: '${carol}', may: [exempt] }
`);

describe('operators of a baseline', () => {
  it('are all named as operators, and those who may not ask for everything with what they may', () => {
    expect(baseline.operators).toEqual([alice, bob, carol]);
    expect(baseline.operatorScopes).toEqual({
      [bob]: { accounts: [member] },
      [carol]: { may: ['exempt'] },
    });
    expect(parse(`operators: [{ arn: '${alice}' }]\n`)).not.toHaveProperty('operatorScopes');
  });

  it.each([
    ['[{ arn: alice }]', /operators.*arn.*"alice"; allowed: the ARN of a role or user/],
    [`[{ arn: '${alice}', accounts: all }]`, /a list of accounts/],
    [`[{ arn: '${alice}', accounts: [] }]`, /at least one account/],
    [`[{ arn: '${alice}', may: [] }]`, /at least one of fix, undo, exempt/],
    [`[{ arn: '${alice}', may: [stop] }]`, /"stop"; allowed: fix, undo, exempt/],
    [`['${alice}', { arn: '${alice}', may: [undo] }]`, /stands there already/],
  ])('%s is refused', (said, why) => {
    expect(() => parse(`operators: ${said}\n`)).toThrow(why);
  });

  it.each([
    [alice, 'fix', other, undefined],
    [alice, 'other', member, undefined],
    [bob, 'fix', member, undefined],
    [bob, 'undo', other, /no operator for account 777788889999, but for 444455556666/],
    [bob, 'other', member, /counts for all/],
    [carol, 'exempt', other, undefined],
    [carol, 'fix', member, /may not ask for fix, but for exempt/],
    [carol, 'other', member, /counts for all/],
  ] as const)('%s asks for %s in %s', (operator, ask, account, why) => {
    const said = whyOutOfScope(operator, { ask, account }, baseline);
    if (why === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(why);
  });

  it('suppress findings where they may exempt', () => {
    expect(operatorsFor({ ask: 'exempt', account: member }, baseline)).toEqual([alice, bob, carol]);
    expect(operatorsFor({ ask: 'exempt', account: other }, baseline)).toEqual([alice, carol]);
    expect(operatorsFor({ ask: 'fix', account: member }, baseline)).toEqual([alice, bob]);
  });
});
