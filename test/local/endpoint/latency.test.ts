import { late, latencyOf } from '../../../lib/local/endpoint/latency.ts';

describe('a call waits as it would on its way to AWS', () => {
  it.each([
    ['DescribeSecurityGroups', 'us-east-1', 70],
    ['DescribeSecurityGroups', 'eu-west-1', 200],
    ['AssumeRole', 'us-east-1', 100],
    ['AssumeRole', 'eu-west-1', 100],
  ])('%s in %s takes %i ms more', (operation, region, more) => {
    expect(latencyOf({ operation, region }, 'us-east-1')).toBe(more);
  });

  it('and is answered then as before', async () => {
    const from = performance.now();
    const call = { operation: 'GetItem', region: 'us-east-1' };
    expect(await late('us-east-1')(call as never, undefined as never)).toBeUndefined();
    expect(performance.now() - from).toBeGreaterThan(60);
  });
});
