import { failureOf } from '../../lib/aws/failures.ts';

const noHost = { code: 'ENOTFOUND', hostname: 'sts.eu-centrl-1.amazonaws.com' };

describe('AWS that cannot be reached', () => {
  it.each([
    ['names the host that there is not', noHost],
    ['names it where the SDK wraps the error of Node', { name: 'Error', cause: noHost }],
    ['names it where Node tried several addresses', { errors: [noHost] }],
  ])('%s', (_, error) => {
    expect(failureOf(error)).toBe(
      'AWS at sts.eu-centrl-1.amazonaws.com cannot be reached (ENOTFOUND): check the region, the network and the proxy.',
    );
  });
  it('names no host where none is told', () => {
    expect(failureOf({ code: 'ECONNRESET' })).toBe(
      'AWS cannot be reached (ECONNRESET): check the region, the network and the proxy.',
    );
  });
});
