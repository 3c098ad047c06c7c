import { functionPolicyIsNotPublic } from '../../../lib/controls/lambda/function-policy-is-not-public.ts';
import type { Reader } from '../../../lib/model/resource-type.ts';
import { lambdaFunction } from '../../../lib/resources/lambda/lambda-function.ts';
import { now } from '../harness.ts';

const ref = { account: '123456789012', region: 'us-east-1', id: 'orders' };
const arn = `arn:aws:lambda:us-east-1:${ref.account}:function:orders`;

const numbers = (count: number, first = 1) =>
  Array.from({ length: count }, (_, index) => String(first + index));

const paged = async function* (names: readonly string[]) {
  for (let start = 0; start === 0 || start < names.length; start += 50)
    yield names.slice(start, start + 50);
};

/** A function as Lambda tells of it; who is in `open` may be invoked by anybody. */
const functionWith = (versions: number, aliases: readonly string[], ...open: string[]) => {
  const asked: string[] = [];
  let [running, most] = [0, 0];
  const reader = {
    ...ref,
    async *pages(_: string, operation: string) {
      const names = operation === 'listAliases' ? aliases : ['$LATEST', ...numbers(versions)];
      for await (const some of paged(names))
        yield operation === 'listAliases'
          ? { Aliases: some.map((Name) => ({ Name })) }
          : { Versions: some.map((Version) => ({ Version })) };
    },
    async call(_: string, operation: string, { Qualifier }: { Qualifier?: string }) {
      if (operation === 'getFunctionConfiguration') return {};
      asked.push(Qualifier ?? '$LATEST');
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (!open.includes(Qualifier ?? '$LATEST'))
        throw Object.assign(new Error('none'), { name: 'ResourceNotFoundException' });
      const Statement = {
        Sid: 'open',
        Effect: 'Allow',
        Principal: '*',
        Action: 'lambda:InvokeFunction',
        Resource: Qualifier === undefined ? arn : `${arn}:${Qualifier}`,
      };
      return { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [Statement] }) };
    },
  } as unknown as Reader;
  const verdict = async () => {
    const policy = await lambdaFunction.facets.policy.read(reader, ref);
    return functionPolicyIsNotPublic.evaluate({ policy }, { ref, parameters: {}, at: now });
  };
  return { reader, asked, verdict, most: () => most };
};

describe('the policies of a function', () => {
  it('are all looked at where there are few', async () => {
    const { asked, verdict, most } = functionWith(48, ['live', 'next']);
    expect(await verdict()).toEqual({ status: 'PASS' });
    expect(asked).toHaveLength(51);
    expect(most()).toBe(5);
  });

  it.each([
    ['one more than is looked at', 49, '1 version'],
    ['many', 300, '252 versions'],
    ['more than are counted', 5000, 'at least 451 versions'],
  ])('of %s are unknown', async (_, versions, words) => {
    const { asked, verdict } = functionWith(versions, ['live', 'next']);
    expect(await verdict()).toEqual({
      status: 'UNKNOWN',
      reason: `${words} were not looked at`,
    });
    expect(asked).toHaveLength(51);
    expect(asked.slice(0, 3)).toEqual(['$LATEST', 'live', 'next']);
  });

  it.each(['$LATEST', 'live', '300', '253'])('fail where %s is open', async (open) => {
    const { verdict } = functionWith(300, ['live', 'next'], open);
    expect(await verdict()).toMatchObject({ status: 'FAIL' });
  });

  it('do not pass where an older one is open', async () => {
    const { verdict } = functionWith(300, ['live', 'next'], '252');
    expect(await verdict()).toMatchObject({ status: 'UNKNOWN' });
  });

  it('of many aliases are unknown too', async () => {
    const aliases = numbers(60).map((one) => `alias-${one}`);
    const { reader, asked, verdict } = functionWith(2, aliases);
    expect(await verdict()).toMatchObject({
      reason: '10 aliases and 2 versions were not looked at',
    });
    expect(asked).toHaveLength(51);
    expect(await lambdaFunction.facets.urlsLeftOut.read(reader, ref)).toBe('10 aliases');
  });
});
